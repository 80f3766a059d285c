// A person who works without rest: edits by what is on the screen, and says which of them the page called kept.
// Each edit has a number. `told` gets [case, number] as soon as "Saved" stands below an edit that nothing followed.
(told, first, seed) => {
  let number = first, state = seed >>> 0;
  const dice = most => { state = (state * 1664525 + 1013904223) >>> 0; return Math.floor(state / 4294967296 * most); };
  const field = (element, text) => {
    const type = element.tagName === 'TEXTAREA' ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(type.prototype, 'value').set.call(element, text);
    element.dispatchEvent(new Event('input', { bubbles: true }));
    element.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const at = css => document.querySelector(css);
  const press = css => { const element = at(css); if (element && !element.disabled) element.click(); };
  const edit = () => {
    const note = at('#note');
    const kind = dice(20);
    if (kind === 0) { press('#change-pictures'); return; }
    if (at('#compare')) { press('#compare'); return; }
    if (kind < 5) { press('#next'); press('#make-finding'); return; }
    if (kind < 10 && note) { number += 1; field(note, `note ${number}`); }
    const name = at('#case-name');
    if (!name) return;
    number += 1;
    field(name, `edit ${number}`);
  };
  const look = () => {
    const name = at('#case-name'), kept = at('#storage-state'), id = /case=(\d+)/.exec(location.hash);
    if (name && id && kept?.textContent.startsWith('Saved')) {
      const shown = /^edit (\d+)$/.exec(name.value);
      if (shown) told(Number(id[1]), Number(shown[1]));
    }
  };
  const step = () => { look(); edit(); setTimeout(step, 5 + dice(60)); };
  setInterval(look, 7);
  step();
}
