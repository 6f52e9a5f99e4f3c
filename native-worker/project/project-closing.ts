/** Why work is aborted where nobody took it back: its project is closed. Otherwise like any reason of an abort. */
export class ProjectClosing extends DOMException {
  constructor() {
    super('The project is closed.', 'AbortError')
  }
}
