// Starts the scribe, once both halves are what the build sealed. What goes wrong is thrown outside the promise: only so does the page hear of it.
const sealed = (file, integrity) => fetch(new URL(file, import.meta.url), { integrity });
try {
  const code = sealed('scribe_bg.wasm', 'seal:scribe_bg.wasm');
  code.catch(() => {});
  await sealed('scribe.js', 'seal:scribe.js');
  const { default: init } = await import('./scribe.js');
  await init({ module_or_path: code });
} catch (error) {
  setTimeout(() => { throw error; });
}
