// Starts the drafter, once both halves are what the build sealed. What goes wrong is thrown outside the promise: only so does the page hear of it.
const sealed = (file, integrity) => fetch(new URL(file, import.meta.url), { integrity });
try {
  const code = sealed('drafter_bg.wasm', 'seal:drafter_bg.wasm');
  code.catch(() => {});
  await sealed('drafter.js', 'seal:drafter.js');
  const { default: init } = await import('./drafter.js');
  await init({ module_or_path: code });
} catch (error) {
  setTimeout(() => { throw error; });
}
