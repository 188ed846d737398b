// node pack.mjs PYODIDE PACKAGES OUT: run pack.py inside Pyodide, write what it made into OUT.
import fs from "node:fs";
import path from "node:path";

const [pyodideFolder, packages, out] = process.argv.slice(2).map((name) => path.resolve(name));
const { loadPyodide } = await import(path.join(pyodideFolder, "pyodide.mjs"));
const pyodide = await loadPyodide({ indexURL: pyodideFolder });
for (const [folder, mounted] of [
  [pyodideFolder, "/pyodide"],
  [packages, "/packages"],
]) {
  pyodide.FS.mkdirTree(mounted);
  pyodide.mountNodeFS(mounted, folder);
}
pyodide.runPython(fs.readFileSync(new URL("pack.py", import.meta.url), "utf-8"));
for (const name of ["stdlib.zip", "app.zip"]) {
  fs.writeFileSync(path.join(out, name), pyodide.FS.readFile(`/${name}`));
}
