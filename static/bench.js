// Measures a comparison in the app's own worker. What passes between page and worker is defined in src/web/message.rs and
// src/app/job.rs; tests/e2e/bench.rs fails when this page no longer speaks it.

import { worker as started } from './scripts.js';

const TIMES = [
  ['start', 'Workers’ start', 'From nothing until they listen: fetching and compiling. The app does this once, ahead of time.'],
  ['decode', 'Decode', 'Both files to pixels.'],
  ['align', 'Align', 'Finding how the photo lies on the reference.'],
  ['compare', 'Compare', 'Finding and ranking what differs.'],
  ['placed', 'Placed', 'From the files to the coarse map with which the app lays the photo over the reference while the rest goes on.'],
  ['total', 'Total', 'From the files to the ranked differences: the stages, reading the files and the way to the worker and back. Without the start.'],
];
const MEMORY = [
  ['worker', 'Workers', 'Their WebAssembly memory at the end of a run. That never shrinks, so it is the peak. Code and the browser’s own share are not in it.'],
  ['page', 'Page', 'The page’s JavaScript heap after a run, as performance.memory says; Chromium alone has it. Files and the worker are not in it.'],
];

const OTHER_VERSION = 'The worker and this page are of different versions. Reload the page.';
const NO_START = 'The worker could not be started. Check the connection, or update the browser: those from before 2021 (Safari: before 16.4) can’t run it.';
const DIED = 'The worker stopped unexpectedly, most likely because the memory ran out. Use smaller pictures, or another browser.';

const place = (id) => document.getElementById(id);
const say = (text) => { place('status').textContent = text; };
const seconds = (ms) => `${(ms / 1000).toFixed(3)} s`;
const megabytes = (bytes) => (bytes === null ? 'not known' : `${(bytes / 1e6).toFixed(1)} MB`);

// One comparison in fresh workers: one, or two that share it.
async function once(photo, reference, workers, progress) {
  const begun = performance.now();
  const starting = Array.from({ length: workers }, () => started('worker-start.js'));
  const [worker, helper] = await Promise.all(starting).catch(() => { throw new Error(NO_START); });
  try {
    const hear = (worker, otherwise, handle) => new Promise((done, failed) => {
      worker.onmessage = ({ data }) => {
        try { handle(data, done, failed); } catch { failed(new Error(OTHER_VERSION)); }
      };
      worker.onmessageerror = worker.onerror = () => failed(new Error(otherwise));
    });
    const ready = (worker) => hear(worker, NO_START, (data, done, failed) => (data === 'ready' ? done() : failed(new Error(OTHER_VERSION))));
    await Promise.all([worker, helper].filter(Boolean).map(ready));
    const listens = performance.now();
    const files = () => Promise.all([photo.arrayBuffer(), reference.arrayBuffer()]);
    let placed = null;
    const answer = hear(worker, DIED, (data, done, failed) => {
      const reply = JSON.parse(data.text);
      if (reply.progressed) progress(reply.progressed);
      else if (reply.placed) placed = performance.now() - listens;
      else if (reply.compared) done({ comparison: reply.compared, memory: data.memory_bytes });
      else failed(new Error(reply.failed ?? OTHER_VERSION));
    });
    const text = JSON.stringify({ compare: { features: 0, px_per_mm: null, control_points: [], units: [], detail: "full", shared: workers > 1 } });
    const order = async (worker, hand, ports) => {
      const buffers = await files();
      worker.postMessage({ id: 1, text, buffers, hand, ports }, [...buffers, ...ports]);
    };
    const helped = helper && hear(helper, DIED, (data, done, failed) => (
      JSON.parse(data.text) === 'helped' ? done(data.memory_bytes) : failed(new Error(OTHER_VERSION))));
    const { port1, port2 } = new MessageChannel();
    await Promise.all([order(worker, 0, helper ? [port1] : []), helper && order(helper, 1, [port2])]);
    const { comparison, memory: own } = await (helper ? Promise.race([answer, helped.then(() => answer)]) : answer);
    const ms = { start: listens - begun, ...comparison.timing_ms, placed, total: performance.now() - listens };
    const memory = own + (helper ? await helped : 0);
    return { comparison, ms, bytes: { worker: memory, page: performance.memory?.usedJSHeapSize ?? null } };
  } finally {
    [worker, helper].forEach((worker) => worker?.terminate());
  }
}

async function measure(photo, reference, count, workers) {
  const runs = [];
  let comparison;
  while (runs.length < count) {
    const run = `Run ${runs.length + 1} of ${count}`;
    say(`${run}: starting the worker.`);
    const found = await once(photo, reference, workers, ({ stage, done }) => say(`${run}: ${stage}, ${Math.round(done * 100)} %.`));
    comparison = found.comparison;
    runs.push({ ms: found.ms, bytes: found.bytes });
  }
  const sorted = (of, key) => runs.map((run) => run[of][key] ?? null).sort((a, b) => a - b);
  const over = (rows, of, pick) => Object.fromEntries(rows.map(([key]) => [key, pick(sorted(of, key))]));
  const picture = (file, facts) => ({ name: file.name, bytes: file.size, width: facts.width, height: facts.height });
  return {
    photo: picture(photo, comparison.photo),
    reference: picture(reference, comparison.references[0]),
    workers,
    verdict: comparison.alignment.verdict,
    differences: comparison.differences.length,
    best_ms: over(TIMES, 'ms', (values) => values[0]),
    median_ms: over(TIMES, 'ms', (values) => values[Math.floor(values.length / 2)]),
    peak_bytes: over(MEMORY, 'bytes', (values) => values.at(-1)),
    runs,
    browser: navigator.userAgent,
    cores: navigator.hardwareConcurrency,
  };
}

function row(head, cells, words) {
  const row = document.createElement('tr');
  const cell = (kind, text, name) => Object.assign(row.appendChild(document.createElement(kind)), { textContent: text, className: name });
  cell('th', head, '').scope = 'row';
  cells.forEach((text) => cell('td', text, 'number'));
  cell('td', words, 'soft');
  return row;
}

function show(result) {
  const { best_ms: best, median_ms: median, peak_bytes: peak } = result;
  // A refused pair is never compared, and says so instead of a time.
  const time = (ms) => (ms === null ? 'not run' : seconds(ms));
  place('times').replaceChildren(...TIMES.map(([key, head, words]) => row(head, [time(best[key]), time(median[key])], words)));
  place('memory').replaceChildren(...MEMORY.map(([key, head, words]) => row(head, [megabytes(peak[key])], words)));
  const size = ({ width, height }) => `${width} × ${height} px`;
  say(`Done: ${result.verdict}, differences: ${result.differences}. Photo ${size(result.photo)}, reference ${size(result.reference)}.`);
  place('results').hidden = false;
}

// `files` gives the photo and the reference.
async function run(files, count, workers) {
  place('run').disabled = true;
  place('results').hidden = true;
  let result;
  try {
    const [photo, reference] = await files();
    result = await measure(photo, reference, count, workers);
    show(result);
  } catch (error) {
    result = { error: error.message };
    say(error.message);
  }
  place('result').textContent = JSON.stringify(result, null, 2);
  place('run').disabled = false;
  window.boardwatchBench = result;
  window.dispatchEvent(new CustomEvent('boardwatch-bench', { detail: result }));
}

// A picture of this site as a file.
async function fetched(address) {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) throw new Error(`${address} is on another site. Choose the file by hand.`);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${address} is not on this site (${answer.status}). Check the address.`);
  return new File([await answer.blob()], url.pathname.split('/').at(-1));
}

place('order').addEventListener('submit', (event) => {
  event.preventDefault();
  const [photo, reference] = [place('photo').files[0], place('reference').files[0]];
  if (photo && reference) run(() => [photo, reference], place('runs').valueAsNumber, workers());
  else say('Choose a photo and a reference first.');
});

const workers = () => (place('workers').valueAsNumber > 1 ? 2 : 1);

const wishes = new URLSearchParams(location.search);
if (wishes.has('workers')) place('workers').value = wishes.get('workers');
if (wishes.has('runs')) place('runs').value = wishes.get('runs');
if (wishes.has('photo') && wishes.has('reference')) {
  run(() => Promise.all([fetched(wishes.get('photo')), fetched(wishes.get('reference'))]), place('runs').valueAsNumber || 1, workers());
}
