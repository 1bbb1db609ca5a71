// A browser for tests/page: one JSON command a line in, one JSON answer a line out. See browser.py.
import { createInterface } from "node:readline"
import { existsSync, mkdirSync, readdirSync } from "node:fs"
import { join } from "node:path"
import puppeteer from "puppeteer-core"

const OWN = /^(file|blob|data|about):/
const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
let browser = null
let page = null
let downloads = null
let seen = null

const commands = {
  async launch({ kind, executable, folder }) {
    downloads = folder
    mkdirSync(folder, { recursive: true })
    browser = await puppeteer.launch({
      browser: kind,
      executablePath: executable,
      headless: true,
      args: kind === "chrome" ? QUIET : [],
      extraPrefsFirefox: {
        "browser.download.folderList": 2,
        "browser.download.dir": folder,
        "browser.download.useDownloadDir": true,
      },
    })
    return browser.version()
  },

  async open({ address, planted, width = 1366, height = 768 }) {
    if (page) await page.close()
    page = await browser.newPage()
    seen = { requests: [], errors: [] }
    page.on("request", (request) => OWN.test(request.url()) || seen.requests.push(request.url()))
    page.on("pageerror", (error) => seen.errors.push(error.message))
    page.on("console", (message) => message.type() === "error" && seen.errors.push(message.text()))
    page.on("workercreated", (worker) => watch(worker))
    await page.setViewport({ width, height })
    if (planted) await page.evaluateOnNewDocument(planted)
    if (browser.process() && !(await browser.version()).startsWith("firefox")) {
      const session = await page.createCDPSession()
      await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: downloads })
    }
    await page.goto(address)
    return page.evaluate("performance.now()")
  },

  async files({ selector, paths }) {
    const input = await page.$(selector)
    await input.evaluate((element) => (element.value = "")) // as the page does when it is clicked
    await input.uploadFile(...paths)
  },

  async click({ selector }) {
    // What was chosen just before may still move the page under the mouse.
    await page.$eval(selector, (element) => element.scrollIntoView({ block: "center" }))
    await page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    await page.click(selector)
  },
  key: ({ key }) => page.keyboard.press(key),
  evaluate: ({ script }) => page.evaluate(script),
  size: ({ width, height }) => page.setViewport({ width, height }),
  seen: () => seen,
  version: () => browser.version(),

  async type({ selector, text }) {
    await page.focus(selector) // first: what is proposed meanwhile is not added to
    await page.$eval(selector, (element) => (element.value = ""))
    await page.type(selector, text)
  },

  async wait({ script, seconds }) {
    await page.waitForFunction(script, { timeout: seconds * 1000, polling: 50 })
  },

  async download({ selector, name }) {
    const path = join(downloads, name)
    await commands.click({ selector })
    for (let n = 0; n < 400; n++) {
      const partial = readdirSync(downloads).some((file) => /\.(crdownload|part)$/.test(file))
      if (existsSync(path) && !partial) return path
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`${name} was not downloaded: ${readdirSync(downloads)}`)
  },

  async picture({ path, whole }) {
    await page.screenshot({ path, fullPage: Boolean(whole) })
  },

  async print({ path }) {
    await page.pdf({ path, preferCSSPageSize: true })
  },

  async close() {
    await browser.close()
    browser = null
  },

  process: () => browser.process().pid,
}

// What a Web Worker asks for is seen in its own network domain.
async function watch(worker) {
  try {
    await worker.client.send("Network.enable")
    worker.client.on("Network.requestWillBeSent", ({ request }) => OWN.test(request.url) || seen.requests.push(request.url))
  } catch {
    // Firefox tells of them with the page's own
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...given } = JSON.parse(line)
  let answer = null
  try {
    answer = { value: (await commands[command](given)) ?? null }
  } catch (error) {
    answer = { error: String(error.stack || error) }
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
if (browser) await browser.close()
