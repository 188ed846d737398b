// node run_blocks.mjs RUNTIME < pages.json: run the blocks of pages in the site's own Python.
// In: {page: [[code, module], …]}; out: {page: [{output, error}, …]}.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";

const runtime = path.resolve(process.argv[2]);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "runtime-"));
process.on("exit", () => fs.rmSync(folder, { recursive: true }));

/**
 * Decompress an archive, as the worker does on its way.
 * @param {string} name
 */
function unpacked(name) {
  const target = path.join(folder, `${name}.zip`);
  fs.writeFileSync(target, gunzipSync(fs.readFileSync(path.join(runtime, `${name}.bin`))));
  return target;
}

const { loadPyodide } = await import(path.join(runtime, "pyodide.mjs"));
const pyodide = await loadPyodide({
  indexURL: runtime,
  lockFileURL: path.join(runtime, "lock.json"),
  stdLibURL: unpacked("stdlib"),
});
const app = new Uint8Array(fs.readFileSync(unpacked("app")));
pyodide.unpackArchive(app, "zip", { extractDir: "/app" });
pyodide.FS.writeFile("/app/runner.py", fs.readFileSync(path.join(runtime, "runner.py"), "utf-8"));
pyodide.runPython("import sys; sys.path.insert(0, '/app')");
const runner = pyodide.pyimport("runner");

/** @type {Record<string, [string, ...unknown[]][]>} */
const pages = JSON.parse(await text(process.stdin));
/** @type {Record<string, unknown[]>} */
const answers = {};
for (const [page, calls] of Object.entries(pages)) {
  runner.reset();
  answers[page] = calls.map(([call, ...args]) =>
    JSON.parse(runner[call](...args.map((value) => pyodide.toPy(value)))),
  );
}
process.stdout.write(JSON.stringify(answers));
