/*
 * The part of the WebAssembly JavaScript interface used here: Node has it, its type package does not, and the browser's
 * library of types would bring the whole page into the worker.
 */
declare namespace WebAssembly {
  type Imports = Record<string, Record<string, unknown>>

  class Memory {
    constructor(limits: { readonly initial: number; readonly maximum: number; readonly shared: true })
    readonly buffer: SharedArrayBuffer
  }
  // eslint-disable-next-line @typescript-eslint/no-extraneous-class -- the standard says so
  class Module {
    constructor(binary: Uint8Array<ArrayBuffer>)
  }
  class Instance {
    constructor(module: Module, imports: Imports)
    readonly exports: Readonly<Record<string, unknown>>
  }
  function compile(binary: Uint8Array<ArrayBuffer>): Promise<Module>
  function validate(binary: Uint8Array<ArrayBuffer>): boolean
}
