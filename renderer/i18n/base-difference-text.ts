import type { ErrorDetails } from '../../contract/errors.ts'
import { baseDifferences } from '../../contract/run-origin.ts'
import { formatNumber } from './format.svelte.ts'
import { t } from './translate.svelte.ts'

/** What keeps a run from serving as the base of another, and what to do; null where the details name nothing we know. */
export function baseDifferenceText(details: ErrorDetails): string | null {
  const difference = baseDifferences.find((known) => known === details['difference'])
  const text = (name: string): string => {
    const value = details[name]
    return typeof value === 'number' ? formatNumber(value) : typeof value === 'string' ? value : ''
  }
  const [project, run, found, needed] = [text('project'), text('run'), text('found'), text('needed')]
  switch (difference) {
    case undefined:
      return null
    case 'recipe':
    case 'edition':
    case 'size':
      return t(`base.differs.${difference}`, { project, run, found, needed })
    case 'channels':
      return t(details['needed'] === 1 ? 'base.differs.channelsGrey' : 'base.differs.channelsColour', { project, run })
    case 'status':
    case 'no_checkpoint':
      return t(`base.differs.${difference}`, { project, run })
    case 'networks':
      return t('base.differs.networks', { project, run, found, needed, parameter: text('parameter') })
    case 'no_run':
      return t('base.differs.no_run', { project, needed })
  }
}
