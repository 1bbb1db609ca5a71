// Inflating for browsers without DecompressionStream (Firefox before 113). Format: RFC 1951 in RFC 1952.
const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
]
const DISTANCE_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13]
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

// `packed` is one gzip member without name or comment, as the page is built with.
function gunzipHere(packed) {
  const size = new DataView(packed.buffer, packed.byteOffset).getUint32(packed.length - 4, true)
  return inflateHere(packed.subarray(10, packed.length - 8), size)
}

function inflateHere(source, size) {
  const target = new Uint8Array(size)
  let at = 0
  let position = 0
  let held = 0
  let count = 0
  const bits = (wanted) => {
    while (count < wanted) {
      held |= source[position++] << count
      count += 8
    }
    const value = held & ((1 << wanted) - 1)
    held >>>= wanted
    count -= wanted
    return value
  }
  const symbol = ({ counts, symbols }) => {
    let code = 0
    let first = 0
    let index = 0
    for (let length = 1; length < 16; length++) {
      code |= bits(1)
      const here = counts[length]
      if (code - here < first) return symbols[index + (code - first)]
      index += here
      first = (first + here) << 1
      code <<= 1
    }
    throw new Error("inflate")
  }
  let last = false
  while (!last) {
    last = bits(1) === 1
    const kind = bits(2)
    if (kind === 0) {
      held = count = 0
      const length = source[position] | (source[position + 1] << 8)
      target.set(source.subarray(position + 4, position + 4 + length), at)
      position += 4 + length
      at += length
      continue
    }
    const [literals, distances] = kind === 1 ? fixedCodes() : dynamicCodes(bits, symbol)
    for (let value = symbol(literals); value !== 256; value = symbol(literals)) {
      if (value < 256) {
        target[at++] = value
        continue
      }
      const length = LENGTH_BASE[value - 257] + bits(LENGTH_BITS[value - 257])
      const far = symbol(distances)
      const distance = DISTANCE_BASE[far] + bits(DISTANCE_BITS[far])
      for (let n = 0; n < length; n++, at++) target[at] = target[at - distance]
    }
  }
  return target
}

function codesOf(lengths) {
  const counts = new Uint16Array(16)
  for (const length of lengths) counts[length]++
  counts[0] = 0
  const offsets = new Uint16Array(16)
  for (let n = 1; n < 16; n++) offsets[n] = offsets[n - 1] + counts[n - 1]
  const symbols = new Uint16Array(lengths.length)
  lengths.forEach((length, n) => {
    if (length) symbols[offsets[length]++] = n
  })
  return { counts, symbols }
}

function fixedCodes() {
  const lengths = Array.from({ length: 288 }, (_, n) => (n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8))
  return [codesOf(lengths), codesOf(new Array(30).fill(5))]
}

function dynamicCodes(bits, symbol) {
  const literals = bits(5) + 257
  const distances = bits(5) + 1
  const used = bits(4) + 4
  const short = new Array(19).fill(0)
  for (let n = 0; n < used; n++) short[CODE_ORDER[n]] = bits(3)
  const codes = codesOf(short)
  const lengths = []
  while (lengths.length < literals + distances) {
    const value = symbol(codes)
    if (value < 16) lengths.push(value)
    else {
      const [repeated, times] =
        value === 16 ? [lengths[lengths.length - 1], 3 + bits(2)] : [0, value === 17 ? 3 + bits(3) : 11 + bits(7)]
      for (let n = 0; n < times; n++) lengths.push(repeated)
    }
  }
  return [codesOf(lengths.slice(0, literals)), codesOf(lengths.slice(literals))]
}
