import { FlawsmithError } from '../../../contract/errors.ts'
import type { FromService, ToService } from '../../../contract/service-process.ts'
import type { PagePrinter, PrintJob } from './page-printer.ts'
import { pdfNotPrinted } from './pdf-not-printed.ts'

/** Has Electron's main process print, which has windows. */
export class MainPrinter implements PagePrinter {
  readonly #send: (message: FromService) => void
  #waiting: ReadonlyMap<number, (problem: string | null) => void> = new Map()
  #lastId = 0

  constructor(send: (message: FromService) => void) {
    this.#send = send
  }

  print({ page, pdf, signal }: PrintJob): Promise<void> {
    this.#lastId += 1
    const id = this.#lastId
    return new Promise<void>((resolve, reject) => {
      const cancel = (): void => {
        this.#settle(id)
        reject(new FlawsmithError('cancelled', 'Printing was cancelled.'))
      }
      this.#waiting = new Map(this.#waiting).set(id, (problem) => {
        signal.removeEventListener('abort', cancel)
        if (problem === null) resolve()
        else reject(pdfNotPrinted(problem))
      })
      signal.addEventListener('abort', cancel, { once: true })
      this.#send({ kind: 'print', id, page, pdf })
    })
  }

  /** What main answers. */
  hear({ id, problem }: Extract<ToService, { readonly kind: 'printed' }>): void {
    const settled = this.#waiting.get(id)
    this.#settle(id)
    settled?.(problem)
  }

  #settle(id: number): void {
    this.#waiting = new Map([...this.#waiting].filter(([waiting]) => waiting !== id))
  }
}
