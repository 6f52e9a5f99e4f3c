import { FlawsmithError } from '../../../../contract/errors.ts'
import type { DawnTurns } from './dawn-turns.ts'
import type { TensorData, Values, WebgpuBackend } from './webgpu-backend.ts'

/** Of `GPUBufferUsage` and `GPUMapMode`. */
const copyTarget = 0x0008
const mapForReading = 0x0001

/**
 * tfjs reads a card without waiting only through a browser's canvas. This reads as its asynchronous way does, and waits.
 * What the card refused since the last read comes out here: without this a run would go on with numbers that were never computed.
 * @throws FlawsmithError `internal` with the card's words
 */
export function readSynchronously(backend: WebgpuBackend, turns: DawnTurns): (dataId: object) => Values {
  const refusals: string[] = []
  backend.device.addEventListener('uncapturederror', ({ error }) => {
    refusals.push(error.message)
  })
  void backend.device.lost.then(({ message }) => {
    refusals.push(message)
  })
  const refuseRefused = (): void => {
    const [first] = refusals
    if (first !== undefined) throw failed(first)
  }
  const failed = (what: string): FlawsmithError =>
    new FlawsmithError('internal', `The graphics card failed: ${what}. Train on another engine.`, { engine: 'webgpu' })

  return (dataId) => {
    refuseRefused()
    const tensor = backend.tensorMap.get(dataId)
    const { values, resource } = tensor
    if (values) return values
    if (!resource) throw failed(`there is nothing to read of a ${tensor.dtype} tensor`)
    const { size } = resource
    const copy = backend.bufferManager.acquireBuffer(size, copyTarget | mapForReading)
    backend.ensureCommandEncoderReady()
    backend.endComputePassEncoder()
    backend.commandEncoder.copyBufferToBuffer(resource, 0, copy, 0, size)
    backend.submitQueue()
    copy.mapAsync(mapForReading).catch((thrown: unknown) => {
      refusals.push(thrown instanceof Error ? thrown.message : String(thrown))
    })
    turns.waitFor(() => copy.mapState !== 'pending')
    refuseRefused()
    // Its reason comes with a later turn of the event loop.
    if (copy.mapState !== 'mapped') throw failed('it gives nothing to read')
    const bytes = copy.getMappedRange().slice(0)
    copy.unmap()
    backend.bufferManager.releaseBuffer(copy)
    tensor.values = valuesOf(tensor, bytes)
    return tensor.values
  }
}

/** A card keeps every kind of number in four bytes. */
function valuesOf({ dtype }: TensorData, bytes: ArrayBuffer): Values {
  switch (dtype) {
    case 'float32':
      return new Float32Array(bytes)
    case 'int32':
      return new Int32Array(bytes)
    case 'bool':
      return Uint8Array.from(new Int32Array(bytes))
    default:
      throw new FlawsmithError('internal', `A ${dtype} tensor cannot be read from a graphics card.`, { dtype })
  }
}
