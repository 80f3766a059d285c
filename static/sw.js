// Keeps this very build, so that the site works without a network. `cargo xtask dist` fills in the version and what each file has to be.
const VERSION = '';
const FILES = {
};

const SCOPE = self.registration.scope;
// Several copies of the site may live on one host; each has its own.
const PREFIX = `boardwatch:${SCOPE}:`;
const SHARED = `boardwatch-shared:${SCOPE}`;
const PAGE = 'index.html';
// Files that are fetched at a time: enough to fill a line, few enough to leave some of it to the page.
const TOGETHER = 4;
// What one share may bring.
const MOST_SHARED = 16;

// The name of a kept file says what is in it, so that the next version can take it over.
const key = (path) => `${SCOPE}${path}?${FILES[path]}`;
// Hosts that tidy addresses send `index.html` on to the folder.
const address = (path) => SCOPE + (path === PAGE ? '' : path);

// From the network, and only if it is the file of this build. What an HTTP cache has kept may be older.
async function fetched(path) {
  const get = (cache) => fetch(address(path), { integrity: FILES[path], cache, priority: 'low' });
  const response = await get('default').catch(() => get('reload'));
  if (!response.ok) throw new TypeError(`${path}: ${response.status}`);
  // A page that was reached by being sent on may not be shown from a cache.
  return response.redirected ? new Response(response.body, response) : response;
}

const ours = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

async function keep() {
  const known = await Promise.all((await ours()).map((name) => caches.open(name)));
  const cache = await caches.open(PREFIX + VERSION);
  const waiting = Object.keys(FILES);
  const fill = async () => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      let found;
      for (const older of known) found ??= await older.match(key(path));
      await cache.put(key(path), found ?? await fetched(path));
    }
  };
  try {
    await Promise.all(Array.from({ length: TOGETHER }, fill));
  } catch (error) {
    // All or nothing; the version that runs has its own.
    waiting.length = 0;
    await caches.delete(PREFIX + VERSION);
    throw error;
  }
}

async function tidy() {
  for (const name of await ours()) {
    if (name !== PREFIX + VERSION) await caches.delete(name);
  }
  // The page of the first visit goes on with what is kept, too.
  await self.clients.claim();
}

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(tidy()));
// Only when the person agrees.
self.addEventListener('message', (event) => {
  if (event.data === 'take') event.waitUntil(self.skipWaiting());
});

// The file of this build that a request is for; `undefined` when it is for none.
function pathOf({ url, mode, integrity }) {
  const { origin, pathname } = new URL(url);
  const top = new URL(SCOPE);
  if (origin !== top.origin || !pathname.startsWith(top.pathname)) return undefined;
  let path;
  try {
    path = decodeURIComponent(pathname.slice(top.pathname.length));
  } catch {
    return undefined;
  }
  if (mode === 'navigate' && path === '') path = PAGE;
  if (!Object.hasOwn(FILES, path)) return undefined;
  // A page of another version wants its own files.
  return integrity && integrity !== FILES[path] ? undefined : path;
}

async function answer(path, request) {
  const cache = await caches.open(PREFIX + VERSION);
  const kept = await cache.match(key(path));
  // A page that is kept no longer may be a newer one: it knows its own parts.
  return kept ?? (path.endsWith('.html') ? fetch(request) : fetched(path));
}

// Pictures that another programme shares wait for the page in a cache of their own.
async function receive(request) {
  const form = await request.formData();
  const cache = await caches.open(SHARED);
  const words = ['url', 'text'].map((name) => form.get(name)).find((text) => typeof text === 'string' && text);
  const given = form.getAll('pictures').filter((file) => file instanceof File && file.size > 0).slice(0, MOST_SHARED);
  for (const [number, file] of given.entries()) {
    const headers = { 'boardwatch-name': encodeURIComponent(file.name || `shared-${number + 1}`) };
    await cache.put(`${SCOPE}shared/${number}`, new Response(file, { headers }));
  }
  if (words) await cache.put(`${SCOPE}shared/words`, new Response(words));
  return Response.redirect(`${SCOPE}#shared`, 303);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'POST' && request.url === `${SCOPE}share`) {
    // What can't be received is not kept from the page itself.
    event.respondWith(receive(request).catch(() => Response.redirect(SCOPE, 303)));
    return;
  }
  const path = request.method === 'GET' ? pathOf(request) : undefined;
  if (path !== undefined) event.respondWith(answer(path, request));
});
