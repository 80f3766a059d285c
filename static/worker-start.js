// Starts a worker, once both halves are what the build sealed. What goes wrong is thrown outside the promise: only so does the page hear of it.
const sealed = (file, integrity) => fetch(new URL(file, import.meta.url), { integrity });
try {
  const code = sealed('worker_bg.wasm', 'seal:worker_bg.wasm');
  code.catch(() => {});
  await sealed('worker.js', 'seal:worker.js');
  const { default: init } = await import('./worker.js');
  await init({ module_or_path: code });
} catch (error) {
  setTimeout(() => { throw error; });
}
