// Starts the app. In a file of its own because the content security policy allows no inline script.
try {
  const { default: init } = await import('./app.js');
  await init();
} catch (error) {
  // The page's own half of the start screen is still there: it says what happened and what to do.
  const place = document.getElementById('starting');
  if (place) {
    place.setAttribute('role', 'alert');
    place.className = 'banner';
    place.textContent = typeof WebAssembly === 'object'
      ? 'The programme could not be loaded. Check the connection and reload the page; nothing of yours is lost.'
      : 'This browser can’t run WebAssembly, which the comparison needs. Update it, or open the page in another browser.';
  }
  console.error(error);
}
