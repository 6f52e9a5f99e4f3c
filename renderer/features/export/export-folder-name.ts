import { folderNameOf } from '../projects/join-path.ts'

/** Proposed name of a new export folder: "<project>-balanced-20261122-1405", local time. */
export const exportFolderName = (projectName: string, now: Date): string =>
  datedFolderName(projectName, { kind: 'balanced', now })

/** The same for a report: "<project>-report-20261122-1405". */
export const reportFolderName = (projectName: string, now: Date): string =>
  datedFolderName(projectName, { kind: 'report', now })

function datedFolderName(
  projectName: string,
  { kind, now }: { readonly kind: 'balanced' | 'report'; readonly now: Date },
): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${String(now.getFullYear())}${two(now.getMonth() + 1)}${two(now.getDate())}`
  const name = folderNameOf(projectName).replaceAll(' ', '-')
  return `${name === '' ? 'flawsmith' : name}-${kind}-${day}-${two(now.getHours())}${two(now.getMinutes())}`
}
