// Runs Pyodide in node once, at build time, to turn Python sources into bytecode of exactly its version.
// Usage: node compile.mjs FOLDER — FOLDER/runtime, FOLDER/app and FOLDER/compile.py in, FOLDER/compiled out.
import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { pathToFileURL } from "node:url"

const folder = resolve(process.argv[2])
const { loadPyodide } = await import(pathToFileURL(join(folder, "runtime", "pyodide.mjs")).href)
const lock = JSON.parse(readFileSync(join(folder, "runtime", "pyodide-lock.json"), "utf8"))
const python = await loadPyodide({
  indexURL: join(folder, "runtime"),
  lockFileContents: JSON.stringify({ ...lock, packages: {} }),
})
python.mountNodeFS("/build", folder)
python.runPython(readFileSync(join(folder, "compile.py"), "utf8"))
