import { isCutOff } from '../../contract/dataset-images.ts'
import type { ImportSummary } from '../../contract/dataset-images.ts'
import type { LocalClient } from '../service/ports/local-client.ts'
import { counted } from './counted.ts'

/** Where an import did not come to its end: how far it came. Empty for any other. */
export function importEnd({ state, files, filesDone }: ImportSummary): string {
  const progress = files === null ? '' : `: ${filesDone ?? 0} of ${counted(files, 'file')}`
  switch (state) {
    case 'interrupted':
      return `interrupted${progress}`
    case 'completed':
      return `interrupted${progress}; a later import of the folder completed it`
    case 'cancelled':
      return `cancelled${progress}`
    case 'running':
      return `running${progress}`
    case 'finished':
      return ''
  }
}

/** One sentence for every folder of which only a part is in the project. */
export async function cutOffSentences(client: LocalClient): Promise<readonly string[]> {
  const told = new Set<string>()
  return (await client.request('imports.list', {})).flatMap((each) => {
    if (!isCutOff(each) || told.has(each.folder)) return []
    told.add(each.folder)
    return [
      `The import of ${each.folder} was cut off after ${each.filesDone ?? 0} of ${counted(each.files ?? 0, 'file')}: importing the folder again completes it.`,
    ]
  })
}
