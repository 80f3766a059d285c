// The page's side of the service worker (sw.js), and of files that the system hands over; start.js loads it when the programme is up. It speaks
// with src/web/offline.rs through events of the window: news are words, what is given is a list of files or a text.

const tell = (news) => dispatchEvent(new CustomEvent('boardwatch-offline', { detail: news }));
const give = (given) => given.length > 0 && dispatchEvent(new CustomEvent('boardwatch-given', { detail: given }));
// An open tab asks for a new version when it is looked at again, not more often than this.
const HOUR_MS = 3_600_000;

// What another programme shared waits in a cache of its own.
async function take() {
  const name = `boardwatch-shared:${new URL('./', location.href).href}`;
  if (!(await globalThis.caches?.has(name))) return;
  const cache = await caches.open(name);
  const files = [];
  for (const request of await cache.keys()) {
    const response = await cache.match(request);
    const title = decodeURIComponent(response.headers.get('boardwatch-name') ?? '');
    if (title) files.push(new File([await response.blob()], title));
    else give(await response.text());
  }
  await caches.delete(name);
  give(files);
}

// Keeping the site takes its share of the line: first comes what the person opened the page for.
const PAUSE_MS = 2000;

async function serve() {
  const { serviceWorker } = navigator;
  const script = globalThis.boardwatchScripts?.service();
  if (!serviceWorker || !script) return;
  let wanted = false;
  let controlled = Boolean(serviceWorker.controller);
  serviceWorker.addEventListener('controllerchange', () => {
    if (wanted) location.reload();
    else if (controlled) tell('replaced');
    controlled = true;
  });
  await new Promise((done) => { setTimeout(done, PAUSE_MS); });
  const registration = await serviceWorker.register(script, { updateViaCache: 'none' });
  const first = !registration.active;
  const follow = (worker) => worker?.addEventListener('statechange', () => {
    if (worker.state === 'installed' && registration.active) tell('waiting');
    if (worker.state === 'activated' && first && !wanted) tell('ready');
  });
  follow(registration.installing);
  registration.addEventListener('updatefound', () => follow(registration.installing));
  if (registration.waiting && registration.active) tell('waiting');
  addEventListener('boardwatch-take-version', () => {
    wanted = true;
    // Another tab was quicker: then this one has only to come after.
    if (registration.waiting) registration.waiting.postMessage('take');
    else location.reload();
  });
  let asked = performance.now();
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || performance.now() - asked < HOUR_MS) return;
    asked = performance.now();
    registration.update().catch(() => {});
  });
}

// Where storage is forbidden or the page came without encryption, there is no working offline, and nothing else is lost.
take().catch((error) => console.info(error));
serve().catch((error) => console.info(error));
globalThis.launchQueue?.setConsumer(async ({ files }) => give(await Promise.all(files.map((handle) => handle.getFile()))));
