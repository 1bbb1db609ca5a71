// Results: the table of files with their findings, filtered and copied; units without a file; downloads.
const MARKS = { accepted: "✔", held: "✖", rejected: "✖", skipped: "–", waiting: "…", reading: "…", read: "•" }

const ORDER = { rejected: 0, held: 1, accepted: 2, skipped: 4 }

// What somebody has to act on comes first; files of the same weight stay in their order.
function urgency({ verdict, counts }) {
  const isQuiet = verdict === "accepted" && !(counts && (counts.error || counts.warning))
  return (ORDER[verdict] ?? 0) + (isQuiet ? 1 : 0)
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") element.className = value
    else if (name.startsWith("on")) element[name] = value
    else if (value === true) element.setAttribute(name, "")
    else if (value !== false && value != null) element.setAttribute(name, value)
  }
  element.append(...children.filter((child) => child != null))
  return element
}

class FileTable {
  constructor(body, filter, state, shown) {
    Object.assign(this, { body, filter, state, shown, files: [], open: new Set() })
    filter.oninput = () => this.draw()
    state.onchange = () => this.draw()
  }

  show(files) {
    this.files = [...files].sort((one, other) => urgency(one) - urgency(other))
    this.open.clear()
    if (files.length === 1 && files[0].findings) this.open.add(files[0].file)
    this.draw()
  }

  get visible() {
    const words = this.filter.value.trim().toLowerCase()
    return this.files.filter(
      (file) =>
        (!this.state.value || file.verdict === this.state.value) &&
        (!words || this.searched(file).toLowerCase().includes(words)),
    )
  }

  searched({ file, unit, code, state, findings = [] }) {
    const told = findings.map(({ sheet, cell, message }) => `${sheet} ${cell} ${message}`)
    return [file, unit, code, state, ...told].join(" ")
  }

  draw() {
    const rows = this.visible
    this.body.replaceChildren(...rows.flatMap((file) => this.rowsOf(file)))
    this.shown.textContent = say("rows_shown", { shown: rows.length, all: this.files.length })
  }

  rowsOf(file) {
    const counts = file.counts || {}
    const isOpen = this.open.has(file.file)
    const many = file.findings && file.findings.length
    const toggle = many
      ? make(
          "button",
          { type: "button", class: "toggle", "aria-expanded": String(isOpen), onclick: () => this.toggle(file.file) },
          make("span", { class: "sr" }, `${file.file}: `),
          say(isOpen ? "hide_findings" : "show_findings", { count: many }),
        )
      : ""
    const cells = [
      make("th", { scope: "row", class: "file" }, file.file),
      make("td", {}, file.unit || "–"),
      make("td", {}, file.period || "–"),
      make("td", {}, make("span", { class: `state ${file.verdict}` }, `${MARKS[file.verdict]} ${file.state}`)),
      ...["error", "warning", "notice"].map((level) =>
        make("td", { class: `number ${counts[level] ? level : ""}` }, String(counts[level] ?? "")),
      ),
      make("td", { class: "screen" }, toggle),
    ]
    const row = make("tr", {}, ...cells)
    return isOpen ? [row, make("tr", { class: "findings" }, make("td", { colspan: 8 }, findingsTable(file)))] : [row]
  }

  toggle(name) {
    if (!this.open.delete(name)) this.open.add(name)
    this.draw()
    const again = [...this.body.querySelectorAll("tr")].find((row) => row.firstChild.textContent === name)
    if (again) again.querySelector("button").focus()
  }

  openAll(isOpen) {
    this.open = new Set(isOpen ? this.visible.filter((f) => f.findings && f.findings.length).map((f) => f.file) : [])
    this.draw()
  }

  // Tab-separated, so that it falls into cells where it is pasted: one line a finding, one a file without any.
  get text() {
    const heads = say("copy_columns").split("|")
    const lines = this.visible.flatMap((file) => {
      const start = [file.file, file.unit, file.period, file.state]
      const findings = file.findings && file.findings.length ? file.findings : [{}]
      return findings.map((f) => [...start, f.level, f.sheet, f.cell, f.message, f.fix])
    })
    return [heads, ...lines].map((line) => line.map(plainCell).join("\t")).join("\r\n")
  }
}

// A text that Excel would take for a formula gets a mark in front of it.
function plainCell(value) {
  const text = String(value ?? "").replace(/[\t\r\n]+/g, " ")
  return /^[=+\-@]/.test(text) ? `'${text}` : text
}

function findingsTable({ file, findings }) {
  const heads = ["level", "sheet", "cell", "message", "fix"].map((c) => make("th", { scope: "col" }, say(`column_${c}`)))
  const rows = findings.map((finding) =>
    make(
      "tr",
      {},
      make("td", {}, make("span", { class: `level ${finding.severity}` }, finding.level)),
      make("td", {}, finding.sheet || "–"),
      make("td", {}, finding.cell || "–"),
      make("td", {}, finding.message),
      make("td", {}, finding.fix),
    ),
  )
  return make(
    "table",
    { class: "inner" },
    make("caption", { class: "sr" }, say("findings_of", { file })),
    make("thead", {}, make("tr", {}, ...heads)),
    make("tbody", {}, ...rows),
  )
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = make("textarea", { class: "sr" })
    area.value = text
    document.body.append(area)
    area.select()
    const done = document.execCommand("copy")
    area.remove()
    return done
  }
}

const TYPES = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  json: "application/json",
  txt: "text/plain;charset=utf-8",
  zip: "application/zip",
}
const offered = []

// Links to results; those of the run before are given back.
function offer(outputs) {
  for (const address of offered.splice(0)) URL.revokeObjectURL(address)
  return new Map(
    [...outputs].map(([name, content]) => {
      const type = TYPES[name.split(".").pop()] || "application/octet-stream"
      const address = URL.createObjectURL(new Blob([content], { type }))
      offered.push(address)
      return [name, address]
    }),
  )
}
