// The page: what is pressed and chosen, and what is shown of it. All work is Python's, in the workers.
const $ = (id) => document.getElementById(id)
const { texts, limits, regimes, lock } = JSON.parse($("page-settings").textContent)

function say(code, words = {}) {
  return texts[code].replace(/\{(\w+)\}/g, (_, name) => words[name])
}

const table = new FileTable($("rows"), $("filter"), $("state"), $("shown"))
let crew = null
let received = null
let earlier = null
let busy = false
let fresh = true // nothing was checked or merged since the files were chosen

async function begin() {
  if (typeof WebAssembly === "undefined" || typeof Worker === "undefined") return alertUser(say("browser_too_old"))
  try {
    const wasm = await WebAssembly.compile(await part("wasm"))
    const library = await part("library")
    const files = filesOf(await part("files"))
    // Pyodide refuses workers that could load scripts from elsewhere; these cannot.
    const source = ["self.importScripts = undefined\n", await part("glue"), "\n", await part("starter"), "\n"]
    source.push(await part("worker"))
    crew = new Crew({ wasm, library, files, lock, memoryLimit: limits.memory }, source, limits, crewTold)
    received = new Pile("files", crew, limits, () => showProgress())
    earlier = new Pile("previous", crew, limits, () => showProgress())
    for (const [pile, chosen] of waiting.splice(0)) take(pile(), chosen)
  } catch (error) {
    alertUser(say("browser_too_old"), error)
  }
}

function crewTold(what) {
  if (what === "broken") return alertUser(say("cannot_start"))
  if (!$("check").disabled) return
  $("check").disabled = $("merge").disabled = false
  document.body.dataset.ready = "yes"
  showProgress()
}

// --- choosing --------------------------------------------------------------------------------------------

const waiting = [] // chosen before Python was there to look at them

function choose(pile, chosen) {
  if (!crew) waiting.push([pile, chosen])
  else take(pile(), chosen)
  showProgress()
}

async function take(pile, chosen) {
  const large = chosen.find(([, file]) => file.size > limits.largest)
  if (large) return alertUser(say("file_huge", { file: large[0], limit: limits.largest >> 20 }))
  hideAlert()
  if (pile === received) newFiles()
  await pile.take(chosen, $("units").files[0])
  if (pile.failure) return tellFailure(pile.failure)
  if (pile === received && !pile.left) propose()
}

function newFiles() {
  fresh = true
  $("result").hidden = true
  $("summary").hidden = true
}

// Period and regime as most files say, where the user has not said otherwise.
function propose() {
  const period = $("period")
  const said = received.most("period")
  const isHers = document.activeElement === period // she is typing it just now
  if (said && !isHers && (!period.value || period.dataset.proposed === period.value)) {
    period.value = period.dataset.proposed = said
  }
  const regime = regimes.find(({ id }) => id === received.most("regime"))
  $("regime-found").textContent = regime ? say("regime_found", { title: regime.title }) : ""
  if (said) $("period-found").textContent = say("period_found", { period: received.most("label") })
}

function showProgress() {
  const progress = $("progress")
  const status = $("status")
  const ready = document.body.dataset.ready === "yes"
  const workbooks = received ? received.workbooks.length : 0
  progress.hidden = ready && !(received && received.left)
  if (!ready) status.textContent = say(waiting.length || workbooks ? "starting_with_files" : "starting")
  else if (!received.items.length) status.textContent = say("ready")
  else {
    const words = { done: workbooks - received.left, all: workbooks, files: received.items.length }
    status.textContent = say(received.left ? "reading" : "read", words)
    progress.max = workbooks
    progress.value = words.done
  }
  if (fresh && received && received.items.length) listFiles()
}

function listFiles() {
  $("result").hidden = false
  $("outcome").hidden = true
  table.show(
    received.items.map(({ name, kind, state, about }) => {
      const verdict = kind === "workbook" ? state : "skipped"
      const told = kind === "workbook" ? say(`state_${state}`) : say("state_other")
      return { file: name, verdict, state: told, unit: about && about.unit, period: about && about.label }
    }),
  )
}

// --- check and merge -------------------------------------------------------------------------------------

async function press(ability, settings) {
  if (busy) return
  busy = true
  document.body.dataset.busy = ability
  $("summary").hidden = true
  try {
    await allRead()
    if (received.failure || earlier.failure) return tellFailure(received.failure || earlier.failure)
    hideAlert()
    if (!received.items.length) return alertUser(say("no_files"))
    if (!received.workbooks.length && ability === "check") return alertUser(say("no_workbooks"))
    $("status").textContent = say(`doing_${ability}`)
    $("progress").hidden = false
    $("progress").removeAttribute("value")
    const found = await ask(ability, settings())
    if (found) show(ability, found)
  } finally {
    busy = false
    delete document.body.dataset.busy
    document.body.dataset.done = String(1 + Number(document.body.dataset.done || 0))
    showProgress()
  }
}

async function ask(ability, settings) {
  const files = new Map()
  const answers = new Map()
  for (const pile of [received, earlier]) {
    const gone = await pile.addTo(files, answers)
    if (gone) return void alertUser(say("file_gone", { file: gone }))
  }
  for (const kind of ["units", "receipts", "history"]) {
    const file = $(kind).files[0]
    if (file) {
      const content = await bytesOfFile(file)
      if (!content) return void alertUser(say("file_gone", { file: file.name }))
      files.set(`${kind}/${file.name}`, content)
    }
  }
  const found = await crew.ask(ability, settings, files, answers, limits.desk)
  if (found.failure) return void tellFailure(found.failure)
  if (found.shape.refused) return void alertUser(found.shape.refused)
  return found
}

// Files chosen while others are still being read make those void: wait for the last.
async function allRead() {
  for (let last = null; last !== received.settled; await Promise.all([last, earlier.settled])) last = received.settled
}

function checkNow() {
  return press("check", () => ({ workbooks: received.workbooks.map((item) => item.name) }))
}

function mergeNow() {
  return press("merge", () => {
    propose()
    const lone = earlier.workbooks.length === 1 && earlier.workbooks[0].about
    return {
      period: $("period").value,
      regime: $("regime").value || received.most("regime"),
      previous_is_summary: Boolean(lone && !lone.unit),
      new_history: $("new-history").checked ? "yes" : "",
    }
  })
}

// --- what came out ---------------------------------------------------------------------------------------

function show(ability, { shape, outputs }) {
  fresh = false
  const links = offer(outputs)
  $("result").hidden = false
  $("outcome").hidden = false
  $("message").textContent = shape.message
  showCounts(shape)
  showMissing(shape.missing || [])
  showDownloads(shape, links)
  table.show(shape.files)
  $("result-title").focus({ preventScroll: true })
  $("result").scrollIntoView({ block: "start" })
}

function showCounts({ files }) {
  const verdicts = ["accepted", "held", "rejected", "skipped"]
  const counted = verdicts.map((verdict) => [verdict, files.filter((file) => file.verdict === verdict).length])
  $("counts").replaceChildren(
    ...counted
      .filter(([, count]) => count)
      .map(([verdict, count]) =>
        make("li", { class: verdict }, make("b", {}, String(count)), ` ${say(`count_${verdict}`)}`),
      ),
  )
}

function showMissing(units) {
  $("missing").hidden = !units.length
  $("missing-title").textContent = say("missing_title", { count: units.length })
  $("missing-list").replaceChildren(...units.map(({ unit, code }) => make("li", {}, `${unit} (${code})`)))
}

function showDownloads({ summary, bundle, titles }, links) {
  for (const [id, name] of [
    ["summary", summary],
    ["bundle", bundle],
  ]) {
    const link = $(id)
    link.hidden = !name
    if (name) {
      link.href = links.get(name)
      link.download = name
    }
  }
  const others = [...links].filter(([name]) => name !== summary && name !== bundle)
  $("others").replaceChildren(
    ...others.map(([name, address]) => make("li", {}, make("a", { href: address, download: name }, titles[name] || name))),
  )
}

function alertUser(line, error) {
  $("alert").textContent = line
  $("alert").hidden = false
  if (error) console.error(error)
  $("alert").scrollIntoView({ block: "nearest" })
}

function tellFailure(code) {
  alertUser(say("work_failed", { reason: say(`failure_${code}`) }))
}

function hideAlert() {
  $("alert").hidden = true
}

// --- wiring ----------------------------------------------------------------------------------------------

const ofReceived = () => received
const ofEarlier = () => earlier
for (const id of ["files", "folder"]) {
  $(id).onchange = () => $(id).files.length && choose(ofReceived, filesOfInput($(id)))
}
for (const id of ["previous", "previous-folder"]) {
  $(id).onchange = () => choose(ofEarlier, filesOfInput($(id)))
}
// The same files chosen once more are looked at once more; a dialog left without choosing has chosen nothing.
for (const input of document.querySelectorAll("input[type=file]")) {
  input.addEventListener("click", () => {
    const had = input.files.length
    input.value = ""
    if (had) input.dispatchEvent(new Event("change"))
  })
}
$("units").onchange = () => {
  if (!received) return
  newFiles()
  received.readAgain($("units").files[0]).then(propose)
  earlier.readAgain($("units").files[0])
}
$("check").onclick = checkNow
$("merge").onclick = mergeNow
$("merge-form").onsubmit = (event) => {
  event.preventDefault() // Enter in the period's field
  if (!$("merge").disabled) mergeNow()
}
$("period").oninput = () => ($("period-found").textContent = "")
$("copy").onclick = async () => ($("copied").textContent = say((await copy(table.text)) ? "copied" : "copy_failed"))
$("copy-missing").onclick = async () => {
  const lines = [...$("missing-list").children].map((line) => line.textContent)
  $("copied").textContent = say((await copy(lines.join("\r\n"))) ? "copied" : "copy_failed")
}
$("open-all").onclick = () => table.openAll(true)
$("close-all").onclick = () => table.openAll(false)
$("print").onclick = () => {
  table.openAll(true)
  $("missing").open = true
  print()
}
$("policy").textContent = document.querySelector("meta[http-equiv]").content
addEventListener("dragover", (event) => {
  event.preventDefault()
  document.body.classList.add("dragging")
})
addEventListener("dragleave", (event) => event.relatedTarget || document.body.classList.remove("dragging"))
addEventListener("drop", async (event) => {
  event.preventDefault()
  document.body.classList.remove("dragging")
  const chosen = await filesOfDrop(event.dataTransfer)
  if (chosen.length) choose(ofReceived, chosen)
})
addEventListener("beforeunload", (event) => busy && event.preventDefault())
showProgress()
begin()
