// The page's side of the worker: one Python per page, started when first asked, kept warm.

const here = new URL("./", import.meta.url).href;
const PATIENCE = 30_000; // ms without a byte while loading, then the reader is told
let worker = null;
let calls = new Map();
let lastId = 0;

/** Ask Python; rejects with the message "stopped", "load" or what went wrong inside. */
export function ask(call, args, onProgress) {
  worker ??= startWorker();
  const id = ++lastId;
  return new Promise((resolve, reject) => {
    calls.set(id, { resolve, reject, onProgress });
    worker.postMessage({ id, call, args });
  });
}

/** Whether Python is there already: asking it loads nothing. */
export const isStarted = () => worker !== null;

/** End the worker: the only way to end an endless loop. All who wait are told why. */
export function stop(reason = "stopped") {
  worker?.terminate();
  worker = null;
  const waiting = [...calls.values()];
  calls = new Map();
  for (const { reject } of waiting) reject(new Error(reason));
}

function startWorker() {
  const started = new Worker(`${here}worker.js`, { type: "module" });
  let patience = setTimeout(stop, PATIENCE, "load");
  started.onerror = () => stop("load");
  started.onmessage = ({ data }) => {
    if (data.failed) return stop("load");
    if (data.id) return answer(data);
    clearTimeout(patience);
    if (data.ready) return;
    patience = setTimeout(stop, PATIENCE, "load");
    for (const { onProgress } of calls.values()) onProgress?.(data.received);
  };
  return started;
}

function answer({ id, result, problem }) {
  const call = calls.get(id);
  calls.delete(id);
  if (problem === undefined) call?.resolve(result);
  else call?.reject(new Error(problem));
}
