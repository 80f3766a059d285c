// Starts the cutter. What goes wrong is thrown outside the promise: only so does the page hear of it.
import init from './cutter.js';
init().catch((error) => setTimeout(() => { throw error; }));
