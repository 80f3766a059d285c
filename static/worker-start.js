// Starts a worker: Trunk's module for it exports a function and calls nothing by itself.
import init from './worker.js';
await init();
