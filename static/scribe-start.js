// Starts the scribe. What goes wrong is thrown outside the promise: only so does the page hear of it.
import init from './scribe.js';
init().catch((error) => setTimeout(() => { throw error; }));
