// What the user chose or dropped, as [way there, File] pairs; a single dropped folder is the folder itself.
function filesOfInput(input) {
  const chosen = [...input.files].map((file) => [file.webkitRelativePath || file.name, file])
  return input.webkitdirectory ? withoutSharedFolder(chosen) : chosen
}

async function filesOfDrop(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry())
  if (!entries.some((entry) => entry)) return [...transfer.files].map((file) => [file.name, file])
  const found = []
  for (const entry of entries) if (entry) await collect(entry, found)
  return entries.length === 1 && entries[0].isDirectory ? withoutSharedFolder(found) : found
}

function withoutSharedFolder(chosen) {
  return chosen.map(([way, file]) => [way.slice(way.indexOf("/") + 1), file])
}

async function collect(entry, found) {
  if (entry.isFile) {
    const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)))
    if (file) found.push([entry.fullPath.slice(1), file])
    return
  }
  const reader = entry.createReader()
  const some = () => new Promise((resolve) => reader.readEntries(resolve, () => resolve([])))
  for (let part = await some(); part.length; part = await some()) {
    for (const inner of part) await collect(inner, found)
  }
}

async function bytesOfFile(file) {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    return null // moved, deleted or locked since it was chosen
  }
}
