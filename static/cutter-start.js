// Starts the cutter, once both halves are what the build sealed. What goes wrong is thrown outside the promise: only so does the page hear of it.
const sealed = (file, integrity) => fetch(new URL(file, import.meta.url), { integrity });
try {
  const code = sealed('cutter_bg.wasm', 'seal:cutter_bg.wasm');
  code.catch(() => {});
  await sealed('cutter.js', 'seal:cutter.js');
  const { default: init } = await import('./cutter.js');
  await init({ module_or_path: code });
} catch (error) {
  setTimeout(() => { throw error; });
}
