// The parts that were built into this file: packed with gzip, written in base64, each in an element of its own.
async function part(name) {
  const element = document.getElementById(`part-${name}`)
  const packed = bytesOf(element.textContent)
  element.remove()
  if (typeof DecompressionStream === "undefined") return gunzipHere(packed)
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

function bytesOf(base64) {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let n = 0; n < text.length; n++) bytes[n] = text.charCodeAt(n)
  return bytes
}

// A part that holds files: a JSON line of [name, size], then the contents one after the other.
function filesOf(bytes) {
  const end = bytes.indexOf(10)
  const index = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)))
  let at = end + 1
  return index.map(([name, size]) => [name, bytes.slice(at, (at += size))])
}

function textOf(bytes) {
  return new TextDecoder().decode(bytes)
}
