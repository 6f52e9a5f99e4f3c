import type { IgnoredEntry, LayoutProposal, LayoutRemark } from '../../../../contract/layouts.ts'
import { formatList, formatNumber } from '../../../i18n/format.svelte.ts'
import { t } from '../../../i18n/translate.svelte.ts'

const namesShown = 6

/** `dent, ok, scratch and 4 more` */
export function namesText(names: readonly string[]): string {
  const shown = formatList(names.slice(0, namesShown))
  const more = names.length - namesShown
  return more > 0 ? t('list.more', { shown, count: more }) : shown
}

/** What a proposal takes the folder for. */
export function proposalTitle({ layout, classes, images }: LayoutProposal): string {
  const count = classes.length
  switch (layout) {
    case 'classes':
      return t('propose.classes', { count })
    case 'splits':
      return t('propose.splits', { count })
    case 'mvtec':
      return t('propose.mvtec', { count })
    case 'export':
      return t('propose.export', { count })
    case 'flat':
      return t('propose.flat', { count: images })
  }
}

/** Where its classes are, and what they are called. */
export function proposalDetail({ layout, root, level, classes, splits }: LayoutProposal): string {
  const names = layout === 'flat' ? '' : namesText(classes.map(({ name }) => name))
  const place = root === '' ? '' : t('propose.inFolder', { folder: root })
  const deep = layout === 'classes' && level > 1 ? t('propose.level', { level: formatNumber(level) }) : ''
  const given =
    splits === null
      ? ''
      : t('propose.given', {
          train: formatNumber(splits.train),
          val: formatNumber(splits.val),
          test: formatNumber(splits.test),
        })
  return [names, place, deep, given].filter((text) => text !== '').join(' · ')
}

/** What an import does not look at, reason by reason. */
export function ignoredTexts(ignored: readonly IgnoredEntry[]): readonly string[] {
  const of = (reason: IgnoredEntry['reason']) => {
    const entries = ignored.filter((entry) => entry.reason === reason)
    const names = namesText(entries.map(({ path }) => path))
    return { names, count: entries.reduce((sum, { images }) => sum + (images ?? 0), 0), isThere: entries.length > 0 }
  }
  const [split, outside, system, hidden] = [of('no_split'), of('outside_root'), of('system'), of('hidden')]
  return [
    ...(split.isThere ? [t('propose.ignored.no_split', { names: split.names, count: split.count })] : []),
    ...(outside.isThere ? [t('propose.ignored.outside_root', { count: outside.count })] : []),
    ...(system.isThere ? [t('propose.ignored.system', { names: system.names })] : []),
    ...(hidden.isThere ? [t('propose.ignored.hidden', { names: hidden.names })] : []),
  ]
}

export function remarkText(remark: LayoutRemark): string {
  switch (remark.kind) {
    case 'drawn_anew':
      return t('remark.drawn_anew', { classes: namesText(remark.classes) })
    case 'nothing_to_learn_from':
      return t('remark.nothing_to_learn_from', { classes: namesText(remark.classes) })
    case 'without_split':
      return t('remark.without_split', { count: remark.images })
    case 'annotations':
      return t('remark.annotations', { count: remark.files, format: remark.format.toUpperCase() })
    case 'table':
      return t('remark.table', { path: remark.path })
    case 'synthetic':
      return t(remark.by === 'manifest' ? 'remark.synthetic' : 'remark.syntheticNames', { count: remark.images })
    case 'wrapper':
      return t('remark.wrapper', { name: remark.name })
    case 'class_or_batch':
      return t('remark.class_or_batch', { names: namesText(remark.names), above: namesText(remark.above) })
    case 'split_or_class':
      return t('remark.split_or_class', { names: namesText(remark.names) })
    case 'several_sets':
      return t('remark.several_sets', { roots: namesText(remark.roots) })
    case 'case_twins':
      return t('remark.case_twins', { names: namesText(remark.names) })
    case 'unicode_twins':
      return t('remark.unicode_twins', { names: namesText(remark.names) })
    case 'masks_without_image':
      return t('remark.masks_without_image', { count: remark.masks })
    case 'gone':
      return t('remark.gone', { count: remark.files })
  }
}
