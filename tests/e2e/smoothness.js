// Times a page's own work on the main thread, frame by frame. Injected before anything else of the page runs.
(() => {
  let depth = 0;
  let since = 0;
  let spent = 0;
  const timed = (work) =>
    typeof work !== 'function'
      ? work
      : function (...given) {
          if (depth++ === 0) since = performance.now();
          try {
            return work.apply(this, given);
          } finally {
            if (--depth === 0) spent += performance.now() - since;
          }
        };
  const nextFrame = window.requestAnimationFrame.bind(window);
  for (const name of ['requestAnimationFrame', 'setTimeout', 'setInterval', 'queueMicrotask']) {
    const original = window[name].bind(window);
    window[name] = (work, ...rest) => original(timed(work), ...rest);
  }
  const listen = EventTarget.prototype.addEventListener;
  const listeners = new WeakMap();
  EventTarget.prototype.addEventListener = function (kind, work, ...rest) {
    if (typeof work !== 'function') return listen.call(this, kind, work, ...rest);
    if (!listeners.has(work)) listeners.set(work, timed(work));
    return listen.call(this, kind, listeners.get(work), ...rest);
  };
  const forget = EventTarget.prototype.removeEventListener;
  EventTarget.prototype.removeEventListener = function (kind, work, ...rest) {
    return forget.call(this, kind, listeners.get(work) ?? work, ...rest);
  };
  let painted = 0;
  const drawn = WebGL2RenderingContext.prototype.fenceSync;
  WebGL2RenderingContext.prototype.fenceSync = function (...given) {
    painted++;
    return drawn.apply(this, given);
  };

  // Calls `step(frame)` once a frame for so many milliseconds, and says what each frame's work took.
  window.smoothness = async (step, milliseconds) => {
    const work = [];
    const start = performance.now();
    painted = spent = 0;
    let frame = 0;
    while (performance.now() - start < milliseconds) {
      step(frame++);
      await new Promise(nextFrame);
      work.push(spent);
      spent = 0;
    }
    const took = performance.now() - start;
    work.sort((a, b) => a - b);
    return {
      frames: work.length,
      median_ms: work[work.length >> 1],
      longest_ms: work[work.length - 1],
      frames_per_second: (1000 * work.length) / took,
      painted_per_second: (1000 * painted) / took,
    };
  };
})();
