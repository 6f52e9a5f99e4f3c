import type { Failure } from '../../../contract/errors.ts'
import type { FrameBoxId, FrameId } from '../../../contract/ids.ts'
import type {
  CropReport,
  FrameBox,
  FrameBoxInput,
  FrameSummary,
  FramesAdded,
  FrameView,
  PatchOptions,
  PatchPlanSummary,
  TilePlace,
} from '../../../contract/large-frames.ts'
import type { Sha256 } from '../../../contract/ids.ts'
import { failureOf } from '../../bridge/failure-of.ts'
import type { ServiceConnection } from '../../bridge/service-connection.svelte.ts'
import type { Jobs } from '../app/jobs.svelte.ts'
import { BoxHistory, inputOf } from './box-history.ts'
import { CutForm } from './cut-form.svelte.ts'

/** The large frames of the open project, the one that is looked at, and the boxes on it. Every change is saved at once. */
export class FrameStore {
  readonly #service: ServiceConnection
  readonly #jobs: Jobs
  readonly #history = new BoxHistory()
  #isOpen = $state.raw(false)
  #frames = $state.raw<readonly FrameSummary[] | null>(null)
  #view = $state.raw<FrameView | null>(null)
  #opening = $state.raw<FrameId | null>(null)
  #boxes = $state.raw<readonly FrameBox[]>([])
  #selected = $state.raw<FrameBoxId | null>(null)
  #canUndo = $state.raw(false)
  #added = $state.raw<FramesAdded | null>(null)
  #report = $state.raw<CropReport | null>(null)
  #failure = $state.raw<Failure | null>(null)
  #asksForClass = $state.raw(false)
  #className = $state.raw('')
  #form: CutForm | null = null
  /** One change after the other: a box that is drawn while another is being saved must not be lost. */
  #last: Promise<unknown> = Promise.resolve()

  constructor({ service, jobs }: { service: ServiceConnection; jobs: Jobs }) {
    this.#service = service
    this.#jobs = jobs
  }

  /** The screen of the frames stands in the place of the data set's. */
  get isOpen(): boolean {
    return this.#isOpen
  }
  /** Null until loaded. */
  get frames(): readonly FrameSummary[] | null {
    return this.#frames
  }
  /** The frame that is looked at; null while none is. */
  get view(): FrameView | null {
    return this.#view
  }
  get opening(): FrameId | null {
    return this.#opening
  }
  get boxes(): readonly FrameBox[] {
    return this.#boxes
  }
  get selected(): FrameBox | null {
    return this.#boxes.find(({ id }) => id === this.#selected) ?? null
  }
  get canUndo(): boolean {
    return this.#canUndo
  }
  /** What adding brought that is worth a word: files that were skipped or known. */
  get added(): FramesAdded | null {
    return this.#added
  }
  get report(): CropReport | null {
    return this.#report
  }
  get failure(): Failure | null {
    return this.#failure
  }
  /** Of the boxes that are drawn next; kept from frame to frame. Empty until one was chosen. */
  get className(): string {
    return this.#className
  }
  set className(name: string) {
    this.#className = name
    this.#asksForClass = false
  }
  /** A box was drawn before there was any class. */
  get asksForClass(): boolean {
    return this.#asksForClass
  }
  askForClass(): void {
    this.#asksForClass = true
  }

  /** The fields beside the frames: one form for all of them. @param side of the project's pictures, where it begins */
  formFor(side: number): CutForm {
    this.#form ??= new CutForm({ side })
    return this.#form
  }

  show(): void {
    this.#isOpen = true
    void this.load()
  }

  hide(): void {
    this.#isOpen = false
  }

  async load(): Promise<void> {
    await this.#attempt(async () => {
      this.#frames = await this.#service.request('frames.list', {})
    })
    const [first] = this.#frames ?? []
    if (this.#view === null && this.#opening === null && first !== undefined) await this.open(first.id)
  }

  /** @param paths pictures, or one folder of them */
  async add(paths: readonly string[]): Promise<void> {
    this.#failure = null
    this.#added = null
    let total: FramesAdded = { frames: [], known: 0, skipped: [] }
    for (const folder of paths) {
      const outcome = await this.#jobs.start('frames.add', { folder })
      if (!outcome.ok) {
        if (outcome.failure.code !== 'cancelled') this.#failure = outcome.failure
        break
      }
      const { frames, known, skipped } = outcome.result
      total = {
        frames: [...total.frames, ...frames],
        known: total.known + known,
        skipped: [...total.skipped, ...skipped],
      }
    }
    if (total.known > 0 || total.skipped.length > 0) this.#added = total
    await this.load()
    const [first] = total.frames
    if (first !== undefined && this.#boxes.length === 0) await this.open(first)
  }

  async remove(frameId: FrameId): Promise<void> {
    await this.#attempt(async () => {
      this.#frames = await this.#service.request('frames.remove', { frameId })
    })
    if (this.#view?.frame.id !== frameId) return
    this.#leaveFrame()
    const [first] = this.#frames ?? []
    if (first !== undefined) await this.open(first.id)
  }

  async open(frameId: FrameId): Promise<void> {
    if (this.#view?.frame.id === frameId || this.#opening === frameId) return
    this.#leaveFrame()
    this.#opening = frameId
    this.#failure = null
    try {
      const [outcome, boxes] = await Promise.all([
        this.#jobs.start('frames.open', { frameId }),
        this.#service.request('frames.boxes', { frameId }),
      ])
      // Another one was opened meanwhile.
      if (this.#opening !== frameId) return
      if (outcome.ok) {
        this.#view = outcome.result
        this.#boxes = boxes
      } else if (outcome.failure.code !== 'cancelled') this.#failure = outcome.failure
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    } finally {
      if (this.#opening === frameId) this.#opening = null
    }
  }

  /** None where they cannot be had; the failure says why. */
  async tiles(frameId: FrameId, tiles: readonly TilePlace[]): Promise<readonly (Sha256 | null)[]> {
    try {
      return await this.#service.request('frames.tiles', {
        frameId,
        tiles: tiles.map(({ level, column, row }) => ({ level, column, row })),
      })
    } catch (thrown) {
      this.#failure = failureOf(thrown)
      return []
    }
  }

  select(boxId: FrameBoxId | null): void {
    this.#selected = boxId
  }

  addBox(input: FrameBoxInput): Promise<void> {
    return this.#change(async (frameId) => {
      const before = new Set(this.#boxes.map(({ id }) => id))
      this.#boxes = await this.#service.request('frames.addBox', { frameId, ...input })
      const added = this.#boxes.find(({ id }) => !before.has(id))
      if (added === undefined) return
      this.#selected = added.id
      this.#history.push({ kind: 'remove', boxId: added.id })
    })
  }

  changeBox(boxId: FrameBoxId, input: FrameBoxInput): Promise<void> {
    return this.#change(async (frameId) => {
      const before = this.#boxes.find(({ id }) => id === boxId)
      if (before === undefined || isSame(before, input)) return
      // Shown before it is saved: the box must not jump back under the pointer.
      this.#boxes = this.#boxes.map((box) => (box.id === boxId ? { ...box, ...input } : box))
      this.#boxes = await this.#service.request('frames.changeBox', { frameId, boxId, ...input })
      this.#history.push({ kind: 'change', boxId, to: inputOf(before) })
    })
  }

  removeBox(boxId: FrameBoxId): Promise<void> {
    return this.#change(async (frameId) => {
      const before = this.#boxes.find(({ id }) => id === boxId)
      if (before === undefined) return
      this.#boxes = await this.#service.request('frames.removeBox', { frameId, boxId })
      this.#selected = null
      this.#history.push({ kind: 'add', boxId, box: inputOf(before) })
    })
  }

  undo(): Promise<void> {
    return this.#change(async (frameId) => {
      const undo = this.#history.pop()
      if (undo === null) return
      const { boxId } = undo
      if (undo.kind === 'remove') this.#boxes = await this.#service.request('frames.removeBox', { frameId, boxId })
      else if (undo.kind === 'change')
        this.#boxes = await this.#service.request('frames.changeBox', { frameId, boxId, ...undo.to })
      else {
        const before = new Set(this.#boxes.map(({ id }) => id))
        this.#boxes = await this.#service.request('frames.addBox', { frameId, ...undo.box })
        const added = this.#boxes.find(({ id }) => !before.has(id))
        if (added !== undefined) this.#history.rename(boxId, added.id)
      }
    })
  }

  /** Null where it cannot be said; the failure says why. */
  async preview(frames: readonly FrameId[], options: PatchOptions): Promise<PatchPlanSummary | null> {
    try {
      return await this.#service.request('frames.preview', { frames: [...frames], options })
    } catch (thrown) {
      this.#failure = failureOf(thrown)
      return null
    }
  }

  /** @param by whose marks the boxes become; empty where nobody has said a name */
  async cut(frames: readonly FrameId[], { options, by }: { options: PatchOptions; by: string }): Promise<void> {
    this.dismiss()
    const outcome = await this.#jobs.start('frames.cut', {
      frames: [...frames],
      options,
      ...(by === '' ? {} : { by }),
    })
    if (outcome.ok) this.#report = outcome.result
    else if (outcome.failure.code !== 'cancelled') this.#failure = outcome.failure
    await this.load()
  }

  dismiss(): void {
    this.#failure = null
    this.#added = null
    this.#report = null
  }

  /** Another project, or none. */
  clear(): void {
    this.#leaveFrame()
    this.#isOpen = false
    this.#frames = null
    this.#opening = null
    this.#form = null
    this.className = ''
    this.dismiss()
  }

  #leaveFrame(): void {
    this.#view = null
    this.#boxes = []
    this.#selected = null
    this.#history.clear()
    this.#canUndo = false
  }

  #change(work: (frameId: FrameId) => Promise<void>): Promise<void> {
    const frameId = this.#view?.frame.id
    if (frameId === undefined) return Promise.resolve()
    const change = this.#last.then(async () => {
      if (this.#view?.frame.id !== frameId) return
      try {
        await work(frameId)
      } catch (thrown) {
        this.#failure = failureOf(thrown)
        // What is shown is what was saved.
        await this.#attempt(async () => {
          this.#boxes = await this.#service.request('frames.boxes', { frameId })
        })
      }
      this.#canUndo = !this.#history.isEmpty
      this.#frames =
        this.#frames?.map((frame) => (frame.id === frameId ? { ...frame, boxes: this.#boxes.length } : frame)) ?? null
    })
    this.#last = change
    return change
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    }
  }
}

const isSame = ({ className, box }: FrameBox, input: FrameBoxInput): boolean =>
  className === input.className &&
  box.x === input.box.x &&
  box.y === input.box.y &&
  box.width === input.box.width &&
  box.height === input.box.height
