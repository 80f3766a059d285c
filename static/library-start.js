// Starts the library, with its style sheet, once each part is what the build sealed. What goes wrong is said in its place.
const dressed = new Promise((resolve, reject) => {
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet';
  sheet.href = 'style/library.css';
  sheet.integrity = 'seal:style/library.css';
  sheet.onload = resolve;
  sheet.onerror = () => reject(new Error('style/library.css did not come'));
  document.head.append(sheet);
});
const sealed = (file, integrity) => fetch(new URL(file, import.meta.url), { integrity });
try {
  const code = sealed('library_bg.wasm', 'seal:library_bg.wasm');
  code.catch(() => {});
  await Promise.all([dressed, sealed('library.js', 'seal:library.js')]);
  const { default: init } = await import('./library.js');
  await init({ module_or_path: code });
} catch (error) {
  const place = document.getElementById('library-root');
  if (place) {
    place.className = 'banner';
    place.setAttribute('role', 'alert');
    const rescue = Object.assign(document.createElement('a'), { href: 'recovery.html', textContent: 'the recovery page' });
    const back = Object.assign(document.createElement('a'), { href: './', textContent: 'Back to the start' });
    const words = document.createElement('span');
    words.append(
      'The library could not be loaded: a part of it did not come, or is not the one that belongs to this page. Check the connection and reload the page. Nothing of yours is lost; ',
      rescue, ' saves your cases as files. ', back, '.',
    );
    place.replaceChildren(words);
  }
  console.error(error);
}
