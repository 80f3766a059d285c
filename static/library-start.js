// Starts the library, with its style sheet. What goes wrong is said in its place.
const dressed = new Promise((resolve, reject) => {
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet';
  sheet.href = 'style/library.css';
  sheet.onload = resolve;
  sheet.onerror = () => reject(new Error('style/library.css did not come'));
  document.head.append(sheet);
});
try {
  await dressed;
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
