// Starts the library. What goes wrong is said in its place.
try {
  const { default: init } = await import('./library.js');
  await init();
} catch (error) {
  const place = document.getElementById('library-root');
  if (place) {
    place.className = 'banner';
    place.setAttribute('role', 'alert');
    place.textContent = 'The library could not be loaded. Check the connection and reload the page; nothing of yours is lost.';
  }
  console.error(error);
}
