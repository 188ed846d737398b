// What only an answer needs: loaded once a reader means to ask, so that the page is there sooner.
export { guide } from "./guide.js";
export { ask, prepare, stop } from "./python.js";
export { sentence, shared, shown } from "./shown.js";
