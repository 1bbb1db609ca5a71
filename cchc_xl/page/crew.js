// The Web Workers: each does one piece of work at a time, is ended when it takes too long, and started anew.
const TICK = 500 // milliseconds between two looks at the clock
const SLEPT = 90_000 // a longer gap between two looks: the PC slept, nobody's fault

class Crew {
  constructor(start, source, limits, tell) {
    this.limits = limits
    this.tell = tell // told of "ready" and of "broken"
    this.start = start
    this.address = URL.createObjectURL(new Blob(source, { type: "text/javascript" }))
    this.workers = []
    this.queue = []
    this.failedStarts = 0
    this.broken = false
    this.looked = performance.now()
    for (let n = 0; n < limits.workers; n++) this.hire()
    setInterval(() => this.look(), TICK)
  }

  // Resolves to {shape, outputs}, or to {failure: code} when the worker died or was ended. Never rejects.
  ask(ability, settings, files, answers, limit) {
    return new Promise((resolve) => {
      const order = { ability, settings, files, answers, limit, resolve }
      if (this.broken) resolve({ failure: "start" })
      else {
        this.queue.push(order)
        this.give()
      }
    })
  }

  hire() {
    const worker = { thread: new Worker(this.address), order: null, ready: false, spent: 0 }
    worker.thread.onmessage = ({ data }) => this.hear(worker, data)
    worker.thread.onerror = (event) => {
      event.preventDefault()
      this.lose(worker, "worker_died")
    }
    worker.thread.onmessageerror = () => this.lose(worker, "worker_died")
    worker.thread.postMessage({ start: this.start })
    this.workers.push(worker)
  }

  hear(worker, data) {
    if (data.ready) {
      worker.ready = true
      worker.spent = 0
      this.failedStarts = 0
      this.tell("ready")
    } else if (data.code) {
      console.error(data.fault) // for whoever looks after the PC
      this.lose(worker, data.code)
    } else {
      const { order } = worker
      worker.order = null
      order.resolve(data)
      // What is left of its memory is not worth keeping.
      if (data.shape.failure || data.memory > this.limits.memory / 2) this.replace(worker)
    }
    this.give()
  }

  give() {
    for (const worker of this.workers) {
      if (!this.queue.length) return
      if (worker.ready && !worker.order) {
        const order = this.queue.shift()
        const { ability, settings, files, answers } = order
        worker.order = order
        worker.spent = 0
        const buffers = [...files.values()].map((content) => content.buffer)
        worker.thread.postMessage({ ability, settings, files, answers }, buffers)
      }
    }
  }

  look() {
    const now = performance.now()
    const passed = now - this.looked
    this.looked = now
    if (passed > SLEPT) return
    for (const worker of [...this.workers]) {
      const limit = worker.order ? worker.order.limit : worker.ready ? Infinity : this.limits.start
      worker.spent += passed / 1000
      if (worker.spent > limit) this.lose(worker, "worker_timeout")
    }
  }

  lose(worker, code) {
    if (!this.workers.includes(worker)) return
    const { order } = worker
    if (order) order.resolve({ failure: code })
    else if (!worker.ready) this.failedStarts++
    this.replace(worker)
    this.give()
  }

  replace(worker) {
    worker.thread.terminate()
    this.workers.splice(this.workers.indexOf(worker), 1)
    if (this.failedStarts < 3) this.hire()
    else if (!this.workers.some((other) => other.ready)) this.giveUp()
  }

  giveUp() {
    this.broken = true
    for (const order of this.queue.splice(0)) order.resolve({ failure: "start" })
    this.tell("broken")
  }
}
