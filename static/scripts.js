// The scripts that this site starts after its page. Nothing else may become a script: where the browser has Trusted Types, the policy
// below is the only one, it takes names and no addresses. Each script has to be the one that the build sealed.
const KNOWN = {
  worker: 'seal:worker-start.js',
  scribe: 'seal:scribe-start.js',
  cutter: 'seal:cutter-start.js',
  drafter: 'seal:drafter-start.js',
  library: 'seal:library-start.js',
  offline: 'seal:offline-start.js',
};
const START = '-start.js';
// The browser itself compares a service worker with the one that it has.
const SERVICE = 'sw.js';

const address = (name) => {
  const known = name === SERVICE || (name.endsWith(START) && Object.hasOwn(KNOWN, name.slice(0, -START.length)));
  if (!known) throw new TypeError(`${name} is no script of this site`);
  return new URL(name, document.baseURI).href;
};
const policy = globalThis.trustedTypes?.createPolicy('boardwatch', { createScriptURL: address });
const trusted = (name) => (policy ? policy.createScriptURL(name) : address(name));
const sealed = (name) => KNOWN[name.slice(0, -START.length)];

// The page says what is to be done: src/ui/offline.rs.
const missing = () => dispatchEvent(new CustomEvent('boardwatch-offline', { detail: 'missing' }));

// A worker's address can't carry a hash, so its start script is looked at before it runs; once is enough.
const checks = new Map();
function check(name) {
  if (!checks.has(name)) {
    const forget = (error) => {
      checks.delete(name);
      missing();
      throw error;
    };
    checks.set(name, fetch(address(name), { integrity: sealed(name) }).catch(forget));
  }
  return checks.get(name);
}

export async function worker(name) {
  await check(name);
  const started = new Worker(trusted(name), { type: 'module' });
  // An error before the first word is a part that did not come.
  started.addEventListener('error', missing);
  started.addEventListener('message', () => started.removeEventListener('error', missing), { once: true });
  return started;
}

// For src/web/scripts.rs.
globalThis.boardwatchScripts = {
  worker,
  // An element that runs the script once it is in the page.
  element(name) {
    const script = document.createElement('script');
    script.type = 'module';
    script.integrity = sealed(name);
    script.src = trusted(name);
    script.addEventListener('error', missing);
    return script;
  },
  service: () => trusted(SERVICE),
};
