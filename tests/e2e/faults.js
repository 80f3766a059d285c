// In front of a worker's own start script: does once, at one point of its work, what it was ordered to do.
{
  const orders = await caches.open('faults');
  const order = await (await orders.match('order'))?.json();
  const post = self.postMessage.bind(self);
  const memories = [];
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const make = WebAssembly[name];
    WebAssembly[name] = async (...parts) => {
      const made = await make.apply(WebAssembly, parts);
      memories.push((made.instance ?? made).exports.memory);
      return made;
    };
  }
  // The next allocation that needs more than there is finds nothing.
  const exhaust = () => {
    for (const memory of memories) {
      for (let pages = 65_536; pages >= 1; pages = Math.floor(pages / 2)) {
        try { for (;;) memory.grow(pages); } catch { /* No more of this size. */ }
      }
    }
  };
  let waiting = Boolean(order);
  const strike = () => {
    waiting = false;
    orders.delete('order');
    const channel = new BroadcastChannel('faults');
    channel.postMessage({ at: Date.now() });
    // For want of memory it dies later: when it wants more.
    for (const kind of ['error', 'unhandledrejection']) {
      self.addEventListener(kind, () => channel.postMessage({ died: Date.now() }));
    }
    if (order.how === 'memory') exhaust();
    // What a panic ends with.
    else throw new WebAssembly.RuntimeError('unreachable');
  };
  self.postMessage = (message, ...rest) => {
    const text = message?.text ?? '';
    const progresses = text.startsWith('{"progressed"');
    const answers = text !== '' && !progresses && !text.startsWith('{"placed"');
    const now = order?.at === 'request' ? order.how === 'panic' && answers : text.includes(`"stage":"${order?.at}"`);
    if (progresses || !(waiting && now)) post(message, ...rest);
    if (waiting && now) strike();
  };
  self.addEventListener('message', () => {
    if (waiting && order.at === 'request' && order.how === 'memory') strike();
  });
}
