// Starts the app. In a file of its own because the content security policy allows no inline script.

// The smallest module with a vector instruction: browsers from before 2021 (Safari: before 16.4) refuse it, and so all of ours.
const VECTORS = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);
const RESCUE = 'recovery.html';

// Says in `place` what happened, and where the cases can be saved all the same.
function say(place, text) {
  const rescue = Object.assign(document.createElement('a'), { href: RESCUE, textContent: 'The recovery page' });
  place.setAttribute('role', 'alert');
  place.className = 'banner';
  const words = document.createElement('span');
  words.append(`${text} `, rescue, ' saves your cases as files, without the programme.');
  place.replaceChildren(words);
}

function bare() {
  const place = document.createElement('p');
  say(place, 'A style sheet of this page did not come, or is not the one that belongs to it, so that the page is bare and the board can hardly be looked at. Check the connection and reload the page; nothing of yours is lost.');
  document.body.prepend(place);
}

try {
  const code = fetch('./app_bg.wasm', { integrity: 'seal:app_bg.wasm' });
  code.catch(() => {});
  // The page has an element for it that says what it has to be; what is not that can't be imported either.
  const { default: init } = await import('./app.js');
  await init({ module_or_path: code });
  if (globalThis.boardwatchScripts) document.head.append(boardwatchScripts.element('offline-start.js'));
  else dispatchEvent(new CustomEvent('boardwatch-offline', { detail: 'missing' }));
  // A sheet that did not come may still be there, without a rule.
  if (!getComputedStyle(document.documentElement).getPropertyValue('--accent')) bare();
  // What the start screen does not need comes when it is there.
  const later = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: 'later.css', integrity: 'seal:later.css' });
  later.addEventListener('error', bare);
  document.head.append(later);
} catch (error) {
  // The page's own half of the start screen is still there: it says what happened and what to do.
  const place = document.getElementById('starting');
  if (place) {
    document.getElementById('late')?.remove();
    say(place, typeof WebAssembly === 'object' && WebAssembly.validate(VECTORS)
      ? 'The programme could not be loaded: a part of it did not come, or is not the one that belongs to this page. Check the connection and reload the page; nothing of yours is lost.'
      : 'This browser can’t run WebAssembly with vector instructions, which the comparison needs. Update it (Safari: to 16.4 or later), or open the page in another browser.');
  }
  console.error(error);
}
