// Starts the app. In a file of its own because the content security policy allows no inline script.

// The smallest module with a vector instruction: browsers from before 2021 (Safari: before 16.4) refuse it, and so all of ours.
const VECTORS = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

try {
  const { default: init } = await import('./app.js');
  await init();
} catch (error) {
  // The page's own half of the start screen is still there: it says what happened and what to do.
  const place = document.getElementById('starting');
  if (place) {
    place.setAttribute('role', 'alert');
    place.className = 'banner';
    place.textContent = typeof WebAssembly === 'object' && WebAssembly.validate(VECTORS)
      ? 'The programme could not be loaded. Check the connection and reload the page; nothing of yours is lost.'
      : 'This browser can’t run WebAssembly with vector instructions, which the comparison needs. Update it (Safari: to 16.4 or later), or open the page in another browser.';
  }
  console.error(error);
}
