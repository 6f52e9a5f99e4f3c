const importSection = 2
const memorySection = 5
const memoryKind = 2
/** Has a maximum, is shared. */
const sharedLimits = 3

/** Most pages of 64 KiB a 32-bit memory can have: 4 GiB. */
export const maximumPages = 65_536

/**
 * Turns a WebAssembly module that defines its memory into one that imports a shared memory as `env.memory`; all else stays
 * byte for byte. Two modules, and the threads, can then work on the same tensors.
 * @throws Error when the module has no memory of its own
 */
export function importSharedMemory(binary: Uint8Array): {
  readonly binary: Uint8Array<ArrayBuffer>
  readonly initialPages: number
} {
  const sections = readSections(binary)
  const memory = sections.find(({ id }) => id === memorySection)
  const imports = sections.find(({ id }) => id === importSection)
  if (memory === undefined || imports === undefined)
    throw new Error('the WebAssembly module defines no memory to share')
  const initialPages = readNumber(memory.body, 2).value
  const count = readNumber(imports.body, 0)
  const entry = [
    ...name('env'),
    ...name('memory'),
    memoryKind,
    sharedLimits,
    ...encode(initialPages),
    ...encode(maximumPages),
  ]
  const widened = [...encode(count.value + 1), ...imports.body.subarray(count.next), ...entry]
  const parts = sections
    .filter(({ id }) => id !== memorySection)
    .flatMap(({ id, body }) => {
      const content = id === importSection ? Uint8Array.from(widened) : body
      return [Uint8Array.of(id, ...encode(content.length)), content]
    })
  return { binary: new Uint8Array(Buffer.concat([binary.subarray(0, 8), ...parts])), initialPages }
}

function readSections(binary: Uint8Array): readonly { readonly id: number; readonly body: Uint8Array }[] {
  const sections = []
  let position = 8
  while (position < binary.length) {
    const id = binary[position] ?? 0
    const length = readNumber(binary, position + 1)
    position = length.next + length.value
    sections.push({ id, body: binary.subarray(length.next, position) })
  }
  return sections
}

/** LEB128, unsigned. */
function readNumber(bytes: Uint8Array, start: number): { readonly value: number; readonly next: number } {
  let value = 0
  let next = start
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[next++] ?? 0
    value |= (byte & 127) << shift
    if (byte < 128) return { value: value >>> 0, next }
  }
}

function encode(value: number): readonly number[] {
  const bytes = []
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128)
  return [...bytes, value]
}

const name = (text: string): readonly number[] => [text.length, ...Buffer.from(text)]
