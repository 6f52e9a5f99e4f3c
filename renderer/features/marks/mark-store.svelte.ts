import type { Failure } from '../../../contract/errors.ts'
import type { ClassId, ImageId } from '../../../contract/ids.ts'
import type { Mark, MarkableImage, MarkAnswer, MarkProposal, MarksOverview } from '../../../contract/marks.ts'
import type { MarkExportFormat, MarksImportReport } from '../../../contract/marks.ts'
import type { RequestInput } from '../../../contract/service.ts'
import { failureOf } from '../../bridge/failure-of.ts'
import { framePictureUrl, mediaUrl } from '../../bridge/media-url.ts'
import type { ServiceConnection } from '../../bridge/service-connection.svelte.ts'
import type { Jobs } from '../app/jobs.svelte.ts'
import { movedInside, resizedInside } from './shape-edits.ts'
import type { Point } from './shape-edits.ts'

/** Images whose marks, proposal and picture are fetched before they are needed. */
const aheadOf = 4
const queueLength = 20_000
/** More boxes than this are no help to the eye. */
const shownProposals = 3

/** What happened last, for screen readers. */
export type MarkNews = 'accepted' | 'none' | 'undone' | 'removed' | 'nothing-to-accept' | 'shown'

/** The images to mark in their order, the one at hand, and what is said about it. Every change is sent at once and in turn. */
export class MarkStore {
  readonly #service: ServiceConnection
  readonly #jobs: Jobs
  #report = $state.raw<MarksImportReport | null>(null)
  #overview = $state.raw<MarksOverview | null>(null)
  #classId = $state.raw<ClassId | null>(null)
  #queue = $state.raw<readonly ImageId[]>([])
  #answers = $state.raw<ReadonlyMap<ImageId, MarkAnswer>>(new Map())
  #position = $state.raw(0)
  #image = $state.raw<MarkableImage | null>(null)
  #proposals = $state.raw<ReadonlyMap<ImageId, MarkProposal>>(new Map())
  #ahead = $state.raw<readonly string[]>([])
  #selected = $state.raw<number | null>(null)
  #failure = $state.raw<Failure | null>(null)
  #news = $state.raw<MarkNews>('shown')
  #loading = $state.raw(true)
  readonly #known = new Map<ImageId, MarkableImage>()
  /** Of what is shown of an image: its source where that shows more. */
  readonly #urls = new Map<ImageId, string>()
  readonly #proposing = new Set<ImageId>()
  #saving: Promise<void> = Promise.resolve()
  /** Answers that wait for the one before them: of each image only the last is sent. */
  readonly #waiting = new Map<ImageId, { readonly image: MarkableImage; readonly by: string }>()

  constructor({ service, jobs }: { service: ServiceConnection; jobs: Jobs }) {
    this.#service = service
    this.#jobs = jobs
    service.on('marks.changed', (overview) => {
      this.#overview = overview
    })
  }

  get overview(): MarksOverview | null {
    return this.#overview
  }
  get classId(): ClassId | null {
    return this.#classId
  }
  get image(): MarkableImage | null {
    return this.#image
  }
  /** Of the image at hand, while nothing is said about it; null while it is being made. */
  get proposal(): MarkProposal | null {
    const image = this.#image
    if (image === null || image.answer !== 'open') return null
    return this.#proposals.get(image.id) ?? null
  }
  get position(): number {
    return this.#position
  }
  get total(): number {
    return this.#queue.length
  }
  get answered(): number {
    return this.#queue.filter((id) => this.#answers.get(id) !== 'open').length
  }
  get selected(): number | null {
    return this.#selected
  }
  /** Of the last import, until it was read. */
  get report(): MarksImportReport | null {
    return this.#report
  }
  get failure(): Failure | null {
    return this.#failure
  }
  get news(): MarkNews {
    return this.#news
  }
  get loading(): boolean {
    return this.#loading
  }
  /** Pictures to decode before they are shown. */
  get ahead(): readonly string[] {
    return this.#ahead
  }

  /** @param classId of all where null */
  async load(classId: ClassId | null = this.#classId): Promise<void> {
    this.#loading = true
    this.#classId = classId
    this.#known.clear()
    this.#proposals = new Map()
    try {
      await this.#saving
      this.#overview = await this.#service.request('marks.overview', {})
      const queue = await this.#service.request('marks.queue', { classId, limit: queueLength })
      this.#queue = queue.map(({ id }) => id)
      this.#answers = new Map(queue.map(({ id, answer }) => [id, answer]))
      await this.#show(0)
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    } finally {
      this.#loading = false
    }
  }

  /** What is marked, without the images. */
  async loadOverview(): Promise<void> {
    try {
      this.#overview = await this.#service.request('marks.overview', {})
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    }
  }

  clear(): void {
    this.#overview = null
    this.#classId = null
    this.#queue = []
    this.#image = null
    this.#failure = null
    this.#report = null
    this.#known.clear()
    this.#proposals = new Map()
  }

  pictureOf({ id, sha256 }: MarkableImage): string {
    return this.#urls.get(id) ?? mediaUrl(sha256)
  }

  dismiss(): void {
    this.#failure = null
  }

  dismissReport(): void {
    this.#report = null
  }

  async declareFree(input: RequestInput<'marks.declareFree'>): Promise<void> {
    this.#failure = null
    try {
      await this.#service.request('marks.declareFree', input)
      await this.load()
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    }
  }

  async importFolder(input: RequestInput<'marks.import'>): Promise<void> {
    this.#failure = null
    await this.#saving
    const outcome = await this.#jobs.start('marks.import', input)
    if (outcome.ok) this.#report = outcome.result
    else if (outcome.failure.code !== 'cancelled') this.#failure = outcome.failure
    await this.load()
  }

  async exportTo(folder: string, format: MarkExportFormat): Promise<void> {
    this.#failure = null
    await this.#saving
    const outcome = await this.#jobs.start('marks.export', { folder, format })
    if (!outcome.ok && outcome.failure.code !== 'cancelled') this.#failure = outcome.failure
  }

  select(index: number | null): void {
    this.#selected = index
  }

  /** What keys are about: the marks, or the proposal while nothing is said. */
  get atHand(): readonly Mark[] {
    const marks = this.#image?.marks ?? []
    return marks.length > 0 ? marks : this.shownProposal
  }

  selectNext(): void {
    const count = this.atHand.length
    if (count > 0) this.#selected = ((this.#selected ?? -1) + 1) % count
  }

  async move(by: 1 | -1): Promise<void> {
    const next = this.#position + by
    if (next >= 0 && next < this.#queue.length) await this.#show(next)
  }

  /** Takes the proposal where nothing is marked yet, and goes on. */
  async accept(by: string): Promise<void> {
    const { image, proposal } = this
    if (image === null) return
    if (image.marks.length === 0) {
      const rectangles = this.shownProposal
      if (proposal === null || rectangles.length === 0) {
        this.#news = 'nothing-to-accept'
        return
      }
      this.#say({ answer: 'marked', marks: rectangles }, by)
    }
    await this.#goOn('accepted')
  }

  /** The proposal as marks would be; none where something is said already. */
  get shownProposal(): readonly Mark[] {
    return (this.proposal?.rectangles ?? [])
      .slice(0, shownProposals)
      .map((rectangle) => ({ shape: { kind: 'rectangle', ...rectangle }, origin: 'proposal' }))
  }

  async skip(by: string): Promise<void> {
    if (this.#image === null) return
    this.#say({ answer: 'none', marks: [] }, by)
    await this.#goOn('none')
  }

  /** In the place of the proposal, or beside it. */
  add(mark: Mark, { beside, by }: { readonly beside: boolean; readonly by: string }): void {
    const marks = beside ? this.atHand : (this.#image?.marks ?? [])
    this.#say({ answer: 'marked', marks: [...marks, mark] }, by)
    this.#selected = marks.length
  }

  /** Of what is at hand: a proposal that is changed becomes marks. @param shape null takes it away */
  change(index: number, shape: Mark['shape'] | null, by: string): void {
    const image = this.#image
    const before = this.atHand
    const mark = before[index]
    if (image === null || mark === undefined) return
    const changed: Mark[] =
      shape === null ? [] : [{ shape, origin: mark.origin === 'proposal' ? 'adjusted' : mark.origin }]
    const marks = [...before.slice(0, index), ...changed, ...before.slice(index + 1)]
    // Of a proposal nothing is left: it is not shown again, and nothing is said.
    if (marks.length === 0 && image.marks.length === 0) this.#dismissProposal(image.id)
    else this.#say({ answer: marks.length === 0 ? 'open' : 'marked', marks }, by)
    if (shape === null) {
      this.#selected = marks.length === 0 ? null : Math.min(index, marks.length - 1)
      this.#news = 'removed'
    } else this.#selected = index
  }

  remove(by: string): void {
    const count = this.atHand.length
    if (count > 0) this.change(this.#selected ?? count - 1, null, by)
  }

  /** Moves the selected mark or its corner. */
  nudge({ kind, by: offset }: { readonly kind: 'move' | 'resize'; readonly by: Point }, by: string): void {
    const image = this.#image
    if (image === null) return
    const edit = kind === 'move' ? movedInside : resizedInside
    const bounds = image.fitted.shown
    // The most conspicuous place of a proposal is its first; of marks the last was drawn last.
    const index = this.#selected ?? Math.max(0, image.marks.length - 1)
    const mark = this.atHand[index]
    if (mark !== undefined) this.change(index, edit(mark.shape, offset, bounds), by)
  }

  async undo(by: string): Promise<void> {
    this.#failure = null
    try {
      await this.#saving
      const [imageId] = await this.#service.request('marks.undo', { by, source: 'hand' })
      if (imageId === undefined) return
      this.#known.delete(imageId)
      const place = this.#queue.indexOf(imageId)
      if (place < 0) this.#queue = [...this.#queue, imageId]
      await this.#show(place < 0 ? this.#queue.length - 1 : place)
      this.#news = 'undone'
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    }
  }

  async #goOn(news: MarkNews): Promise<void> {
    const open = (id: ImageId): boolean => this.#answers.get(id) === 'open'
    const after = this.#queue.findIndex((id, index) => index > this.#position && open(id))
    const next = after >= 0 ? after : this.#queue.findIndex(open)
    if (next >= 0) await this.#show(next)
    else if (this.#position < this.#queue.length - 1) await this.#show(this.#position + 1)
    this.#news = news
  }

  async #show(position: number): Promise<void> {
    const id = this.#queue[position]
    this.#position = position
    if (id === undefined) {
      this.#image = null
      return
    }
    try {
      const image = this.#known.get(id) ?? (await this.#fetch(id))
      // Another key may have gone on meanwhile.
      if (this.#queue[this.#position] !== id) return
      this.#display(image)
      this.#news = 'shown'
      void this.#prepare(position)
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    }
  }

  #display(image: MarkableImage): void {
    this.#image = image
    this.#selected = image.marks.length === 1 ? 0 : null
    this.#answers = new Map(this.#answers).set(image.id, image.answer)
  }

  async #fetch(imageId: ImageId): Promise<MarkableImage> {
    const [fitted, view] = await Promise.all([
      this.#service.request('marks.image', { imageId }),
      this.#service.request('marks.view', { imageId }),
    ])
    const image = view === null ? fitted : { ...fitted, fitted: view.fitted }
    this.#urls.set(imageId, view === null ? mediaUrl(fitted.sha256) : framePictureUrl(view.sha256))
    this.#known.set(imageId, image)
    return image
  }

  /** The image at hand first, then those that follow. */
  async #prepare(position: number): Promise<void> {
    const ids = this.#queue.slice(position, position + 1 + aheadOf)
    try {
      const images = await Promise.all(ids.map(async (id) => this.#known.get(id) ?? (await this.#fetch(id))))
      if (this.#position === position) this.#ahead = images.map((image) => this.pictureOf(image))
      for (const id of ids) {
        if (this.#position !== position) return
        await this.#propose(id)
      }
    } catch (thrown) {
      this.#failure = failureOf(thrown)
    }
  }

  #dismissProposal(imageId: ImageId): void {
    const proposal = this.#proposals.get(imageId)
    if (proposal !== undefined) this.#proposals = new Map(this.#proposals).set(imageId, { ...proposal, rectangles: [] })
  }

  async #propose(imageId: ImageId): Promise<void> {
    if (this.#proposals.has(imageId) || this.#proposing.has(imageId)) return
    if (this.#known.get(imageId)?.answer !== 'open') return
    this.#proposing.add(imageId)
    try {
      const proposal = await this.#service.request('marks.propose', { imageId })
      this.#proposals = new Map(this.#proposals).set(imageId, proposal)
    } finally {
      this.#proposing.delete(imageId)
    }
  }

  /** Shows the answer at once and sends it in turn. */
  #say({ answer, marks }: { readonly answer: MarkAnswer; readonly marks: readonly Mark[] }, by: string): void {
    const before = this.#image
    if (before === null) return
    const image: MarkableImage = { ...before, answer, marks }
    this.#image = image
    this.#known.set(image.id, image)
    this.#answers = new Map(this.#answers).set(image.id, answer)
    this.#waiting.set(image.id, { image, by })
    this.#saving = this.#saving.then(() => this.#send(image.id))
  }

  async #send(imageId: ImageId): Promise<void> {
    const waiting = this.#waiting.get(imageId)
    if (waiting === undefined) return
    this.#waiting.delete(imageId)
    const { image, by } = waiting
    try {
      await this.#service.request('marks.answer', { imageId, answer: image.answer, marks: image.marks, by })
    } catch (thrown) {
      this.#failure = failureOf(thrown)
      this.#known.delete(imageId)
      // What stands is shown, not what was refused.
      if (this.#image?.id === imageId) this.#display(await this.#fetch(imageId).catch(() => image))
    }
  }
}
