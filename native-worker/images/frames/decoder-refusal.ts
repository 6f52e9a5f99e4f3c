import { FileRefusal } from '../file-refusal.ts'

/** What a decoder says about a file, as a refusal of it; what the disk says stays as it is, with its code. */
export function asDecoderRefusal(cause: unknown): unknown {
  if (cause instanceof FileRefusal) return cause
  const words = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? ''
  // libvips names what the system says in words only.
  if (words.includes('No space left')) return Object.assign(new Error(words, { cause }), { code: 'ENOSPC' })
  return new FileRefusal({ reason: 'corrupt', detail: words, skipCause: { name: 'decoder' } }, { cause })
}
