import { asRefusal } from './file-refusal.ts'
import type { DeepSamples } from './narrow-samples.ts'
import type { DeepFacts, Source } from './open-source.ts'

const timeoutSeconds = 60

/** All samples of a picture, upright, as they are coded. Memory: what they take, twice for a moment. Throws `FileRefusal`. */
export async function readDeepSamples(
  { pixels }: Source,
  { containerBits, isWhiteZero }: DeepFacts,
): Promise<DeepSamples & { readonly channels: 1 | 2 | 3 | 4 }> {
  try {
    const { channels, hasAlpha } = await pixels().metadata()
    const isGrey = channels <= 2
    const { data, info } = await pixels()
      // Each is the space the decoder gives such samples in: nothing is converted.
      .toColourspace(containerBits === 16 ? (isGrey ? 'grey16' : 'rgb16') : isGrey ? 'b-w' : 'srgb')
      .raw({ depth: containerBits === 16 ? 'ushort' : 'uint' })
      .timeout({ seconds: timeoutSeconds })
      .toBuffer({ resolveWithObject: true })
    const count = data.length / (containerBits / 8)
    const samples =
      containerBits === 16
        ? new Uint16Array(data.buffer, data.byteOffset, count)
        : new Uint32Array(data.buffer, data.byteOffset, count)
    return { samples, channels: info.channels, hasAlpha, isWhiteZero }
  } catch (cause) {
    throw asRefusal(cause)
  }
}
