// The files of one input: surveyed, archives opened, every workbook read by a worker as soon as it is known.
class Pile {
  constructor(kind, crew, limits, changed) {
    Object.assign(this, { kind, crew, limits, changed, items: [], round: 0, settled: Promise.resolve(), failure: null })
  }

  // Resolves when every workbook has its answer, or with `failure`; a later call makes an earlier one void.
  take(chosen, units) {
    this.failure = null
    this.settled = this.readAll(chosen, units).catch((error) => (this.failure = error.message))
    return this.settled
  }

  async readAll(chosen, units) {
    const round = ++this.round
    this.items = []
    this.chosen = chosen
    this.changed()
    const items = await this.survey(chosen, true)
    if (round !== this.round) return
    this.items = items
    this.changed()
    await Promise.all(items.filter((item) => item.kind === "workbook").map((item) => this.read(item, units, round)))
  }

  async readAgain(units) {
    if (this.chosen) await this.take(this.chosen, units)
  }

  async survey(chosen, opening) {
    const paths = chosen.map(([path]) => path)
    const ask = () => this.crew.ask("survey", { paths }, new Map(), new Map(), this.limits.file)
    let { shape, failure } = await ask()
    if (failure) ({ shape, failure } = await ask()) // no file is to blame: once more, with another worker
    if (failure) throw new Error(failure)
    const items = shape.files.map(({ name, kind }, n) => ({ name, kind, file: chosen[n][1], state: "waiting" }))
    if (!opening) return items
    const opened = await Promise.all(items.map((item) => (item.kind === "archive" ? this.unfold(item) : [item])))
    return opened.flat()
  }

  async unfold(item) {
    const content = item.file.size <= this.limits.largest ? await bytesOfFile(item.file) : null
    if (!content) return [item]
    const files = new Map([[`files/${item.name}`, content]])
    const answer = await this.crew.ask("unfold", {}, files, new Map(), this.limits.file)
    if (answer.failure || !answer.shape.opened) return [item]
    return this.survey([...answer.outputs].map(([name, bytes]) => [name, new Blob([bytes])]), false)
  }

  async read(item, units, round) {
    item.state = "reading"
    const content = item.file.size <= this.limits.largest ? await bytesOfFile(item.file) : null
    if (round !== this.round) return
    if (content) {
      const files = new Map([[`${this.kind}/${item.name}`, content]])
      if (units) files.set(`units/${units.name}`, await bytesOfFile(units))
      const found = await this.crew.ask("read", {}, files, new Map(), this.limits.file)
      if (round !== this.round) return
      item.about = found.failure ? { failure: found.failure } : found.shape
      item.answer = (found.outputs && found.outputs.get("answer")) || item.about.failure
    } else {
      item.answer = "file_unreadable"
      item.about = { failure: item.answer }
    }
    item.state = "read"
    this.changed()
  }

  get workbooks() {
    return this.items.filter((item) => item.kind === "workbook")
  }

  get left() {
    return this.workbooks.filter((item) => item.state !== "read").length
  }

  // Everything the desk needs: of a return that was read its name and its answer, of other files their bytes.
  // Resolves to the name of a file that is not as it was when it was chosen, or to null.
  async addTo(files, answers) {
    for (const item of this.items) {
      const key = `${this.kind}/${item.name}`
      const isRead = this.kind === "files" && item.answer instanceof Uint8Array
      const content = await bytesOfFile(isRead ? item.file.slice(0, 1) : item.file)
      if (content === null && item.answer !== "file_unreadable") return item.name
      files.set(key, isRead || !content ? new Uint8Array() : content)
      if (item.answer !== undefined) answers.set(key, item.answer)
    }
    return null
  }

  // What most of the read files say, "" when they say nothing.
  most(what) {
    const counts = new Map()
    for (const { about } of this.workbooks) {
      if (about && about[what]) counts.set(about[what], (counts.get(about[what]) || 0) + 1)
    }
    return [...counts].sort((one, other) => other[1] - one[1]).map(([value]) => value)[0] || ""
  }
}
