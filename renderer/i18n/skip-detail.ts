import type { SkippedFile } from '../../contract/dataset.ts'
import { formatNumber, formatSize } from './format.svelte.ts'
import { t } from './translate.svelte.ts'

/** What exactly keeps a file out, empty where its reason says it all; the path of the first copy for a duplicate, the service's English for old reports. */
export function skipDetail({ detail, cause }: Pick<SkippedFile, 'detail' | 'cause'>): string {
  if (cause === undefined) return detail
  switch (cause.name) {
    case 'file_size':
      return cause.bytes === 0 ? '' : formatSize(cause.bytes)
    case 'pixel_size':
      return t('skipCause.pixel_size', { width: formatNumber(cause.width), height: formatNumber(cause.height) })
    case 'cut_short':
      return t('skipCause.cut_short', { bytes: formatSize(cause.bytes), needed: formatSize(cause.needed) })
    case 'compression':
    case 'colour_model':
    case 'sample_bits':
    case 'signed':
    case 'unknown_range':
      return t(`skipCause.${cause.name}`, { value: cause.value })
    case 'decoder':
    case 'system':
      return t(`skipCause.${cause.name}`, { message: detail })
    default:
      return t(`skipCause.${cause.name}`)
  }
}
