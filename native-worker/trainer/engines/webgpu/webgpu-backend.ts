/** What we use of tfjs's WebGPU backend: the parts of its own asynchronous read. */
export interface WebgpuBackend {
  readonly device: {
    addEventListener(
      type: 'uncapturederror',
      listener: (event: { readonly error: { readonly message: string } }) => void,
    ): void
    readonly lost: Promise<{ readonly message: string }>
  }
  readonly bufferManager: {
    acquireBuffer(size: number, usage: number): CardBuffer
    releaseBuffer(buffer: CardBuffer): void
  }
  readonly tensorMap: { get(dataId: object): TensorData }
  readonly commandEncoder: {
    copyBufferToBuffer(from: CardBuffer, fromOffset: number, to: CardBuffer, toOffset: number, size: number): void
  }
  ensureCommandEncoderReady(): void
  endComputePassEncoder(): void
  submitQueue(): void
  readSync(dataId: object): Values
}

export interface CardBuffer {
  readonly size: number
  readonly mapState: 'unmapped' | 'pending' | 'mapped'
  mapAsync(mode: number): Promise<void>
  getMappedRange(): ArrayBuffer
  unmap(): void
}

export interface TensorData {
  readonly dtype: string
  /** On the processor, where they are known there. */
  values?: Values | null | undefined
  /** On the card. */
  readonly resource?: CardBuffer | null | undefined
}

export type Values = Float32Array | Int32Array | Uint8Array
