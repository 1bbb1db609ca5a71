// Life of a Web Worker: Python is started once, then one piece of work after the other, until the page ends it.
// Built behind Pyodide's own scripts, which define `_createPyodideModule` and `loadPyodide`.
;(() => {
  "use strict"
  const APP = "/app"
  let python = null
  let perform = null

  self.onmessage = async ({ data }) => {
    try {
      if (data.start) await start(data.start)
      else work(data)
    } catch (error) {
      self.postMessage({ fault: String(error), code: data.start ? "start" : codeOf(error) })
    }
  }

  async function start({ wasm, library, files, lock, memoryLimit }) {
    limitMemory(memoryLimit)
    self.fetch = async (address) => new Response(String(address).endsWith(".zip") ? library : "")
    WebAssembly.instantiateStreaming = async (_, imports) => ({
      module: wasm,
      instance: await WebAssembly.instantiate(wasm, imports),
    })
    python = await self.loadPyodide({
      indexURL: "https://page.invalid/",
      createPyodideModule: self._createPyodideModule,
      lockFileContents: lock,
      stdout: () => {},
      stderr: () => {},
    })
    for (const [name, content] of files) {
      const path = `${APP}/${name}`
      python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")))
      python.FS.writeFile(path, content)
    }
    python.runPython(`import sys; sys.path.insert(0, "${APP}")`)
    perform = python.pyimport("cchc_xl.page.bridge").perform
    self.postMessage({ ready: true })
  }

  function work({ ability, settings, files, answers }) {
    const [shape, outputs] = perform(ability, JSON.stringify(settings), files, answers)
    const memory = python._module.HEAPU8.length
    const buffers = outputs.map(([, content]) => content.buffer)
    self.postMessage({ shape: JSON.parse(shape), outputs: new Map(outputs), memory }, buffers)
  }

  // WebAssembly itself would let Python grow to 4 GiB.
  function limitMemory(limit) {
    const grow = WebAssembly.Memory.prototype.grow
    WebAssembly.Memory.prototype.grow = function (pages) {
      if (this.buffer.byteLength + pages * 65536 > limit) throw new RangeError("memory limit of the page")
      return grow.call(this, pages)
    }
  }

  function codeOf(error) {
    return error && error.type === "MemoryError" ? "worker_memory" : "worker_died"
  }
})()
