import { FlawsmithError } from '../../../../contract/errors.ts'
import type { ImportWish, LayoutName, LayoutProposal } from '../../../../contract/layouts.ts'
import { layouts } from './all-layouts.ts'
import { describePlan } from './describe-plan.ts'
import { layoutOptions } from './layout-options.ts'
import type { PlannedLayout } from './propose-layouts.ts'
import { proposeLayouts } from './propose-layouts.ts'
import type { ListedImages } from './read-images.ts'

const classesNamed = 12

interface Folder {
  /** As it was asked for, for messages. */
  readonly folder: string
  readonly listed: ListedImages
  /** Links that lead out of it and were not followed. */
  readonly linksOutside: number
}

/**
 * The layout that was asked for, or the one that is clear.
 * Throws `no_class_folders` (nothing to import), `layout_ambiguous` with `proposals`, `layout_not_found`, `folder_not_found`.
 */
export function chooseLayout(where: Folder, wish: ImportWish): PlannedLayout {
  const { folder, listed } = where
  const { layout = 'auto', level, className } = wish
  const root = wish.root === undefined ? undefined : rootNames(where, wish.root).join('/')
  const proposed = proposeLayouts(listed, root === undefined ? {} : { root })
  if (proposed.length === 0) throw nothingThere(where)
  if (layout === 'flat') return readFlat(where, { proposed, root: root ?? '', className })
  const fitting = proposed.filter(
    ({ proposal }) =>
      (layout === 'auto' || proposal.layout === layout) && (level === undefined || proposal.level === level),
  )
  const found = layout === 'auto' && level === undefined ? theSure(fitting) : theOnlyBest(fitting)
  // Chosen by its level: no folder names the class then, so that it has to be named.
  if (found?.proposal.layout === 'flat') return readFlat(where, { proposed, root: root ?? '', className })
  if (found !== null) return found
  if (level !== undefined && fitting.length === 0 && layout === 'auto')
    throw ambiguous(folder, proposed, `No reading of it takes its classes from level ${level}.`)
  if (fitting.length > 0 || layout === 'auto') throw ambiguous(folder, proposed)
  return planned(where, { className: '', layout, root: root ?? '', level: level ?? 1 })
}

const theSure = (planned: readonly PlannedLayout[]): PlannedLayout | null =>
  planned.find(({ proposal }) => proposal.certainty === 'sure') ?? null

/** Of what was asked for the most likely, unless there are several. */
function theOnlyBest(planned: readonly PlannedLayout[]): PlannedLayout | null {
  const [best, next] = planned
  return best === undefined || next?.proposal.certainty === best.proposal.certainty ? null : best
}

function readFlat(
  where: Folder,
  {
    proposed,
    root,
    className,
  }: { readonly proposed: readonly PlannedLayout[]; readonly root: string; readonly className: string | undefined },
): PlannedLayout {
  if (className === undefined)
    throw ambiguous(where.folder, proposed, 'The flat layout needs the class of the images: --class <name>.')
  return planned(where, { layout: 'flat', root, level: 0, className })
}

function planned(
  { folder, listed }: Folder,
  {
    layout,
    root,
    level,
    className,
  }: { readonly layout: LayoutName; readonly root: string; readonly level: number; readonly className: string },
): PlannedLayout {
  const plan = layouts[layout].plan(listed, { root: root === '' ? [] : root.split('/'), level, className })
  if (plan === null)
    throw new FlawsmithError(
      'layout_not_found',
      `${root === '' ? folder : `${root} in ${folder}`} is not laid out as “${layout}”. Leave --layout out to see what it could be.`,
      { folder, layout, root },
    )
  return { plan, proposal: describePlan(plan, { layout, root, level, certainty: 'sure', remarks: [] }) }
}

/** Only a folder of the listing, whatever was typed. */
function rootNames({ folder, listed }: Folder, root: string): readonly string[] {
  const names = root.split(/[/\\]/).filter((name) => name !== '' && name !== '.')
  const wanted = names.join('/')
  const found = listed.folders.find((each) => each.names.join('/') === wanted)
  if (found !== undefined) return found.names
  throw new FlawsmithError('folder_not_found', `There is no folder “${root}” in ${folder}.`, { folder, root })
}

const nothingThere = ({ folder, linksOutside }: Folder): FlawsmithError =>
  new FlawsmithError(
    'no_class_folders',
    `${folder} holds no class folders with images. ${linksOutside > 0 ? `${linksOutside} links in it lead out of the folder: --follow-links takes what they lead to.` : 'It needs one folder a class, each with the images of that class.'}`,
    { folder, ...(linksOutside > 0 ? { linksOutside } : {}) },
  )

function ambiguous(folder: string, proposed: readonly PlannedLayout[], why?: string): FlawsmithError {
  const proposals = proposed.map(({ proposal }) => asDetail(proposal))
  return new FlawsmithError(
    'layout_ambiguous',
    `${folder} can be read in ${proposals.length === 1 ? 'one way that needs an answer' : `${proposals.length} ways`}. ${why ?? `Say which: ${String(proposals[0]?.['options'])}${proposals.length > 1 ? ', or another of the proposals' : ''}.`}`,
    { folder, proposals },
  )
}

function asDetail(proposal: LayoutProposal): Readonly<Record<string, string | number | boolean>> {
  const { layout, root, level, certainty, images, classes, splits } = proposal
  const names = classes.map(({ name, images: count }) => `${name} (${count})`)
  return {
    layout,
    root,
    level,
    certainty,
    images,
    classes:
      `${names.slice(0, classesNamed).join(', ')}${names.length > classesNamed ? `, … ${names.length} in all` : ''}`.slice(
        0,
        2000,
      ),
    splits: splits === null ? '' : `train ${splits.train}, val ${splits.val}, test ${splits.test}`,
    options: layoutOptions(proposal),
  }
}
