import { folderNameOf } from '../projects/join-path.ts'

/** Proposed name of a new export folder: "<project>-balanced-20261122-1405", local time. */
const exportFolderName = (projectName: string, now: Date): string =>
  datedFolderName(projectName, { kind: 'balanced', now })

/** The same, or with a number behind it where that one was written before. */
export function freeExportName(
  projectName: string,
  { now, isTaken }: { readonly now: Date; readonly isTaken: (name: string) => boolean },
): string {
  const name = exportFolderName(projectName, now)
  let free = name
  for (let number = 2; isTaken(free); number++) free = `${name}-${number}`
  return free
}

/** The same for a report: "<project>-report-20261122-1405". */
export const reportFolderName = (projectName: string, now: Date): string =>
  datedFolderName(projectName, { kind: 'report', now })

function datedFolderName(
  projectName: string,
  { kind, now }: { readonly kind: 'balanced' | 'report'; readonly now: Date },
): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${String(now.getFullYear())}${two(now.getMonth() + 1)}${two(now.getDate())}`
  // Short enough that the whole still fits a folder name of 80 characters.
  const name = folderNameOf(projectName).slice(0, 50).replaceAll(' ', '-')
  return `${name === '' ? 'flawsmith' : name}-${kind}-${day}-${two(now.getHours())}${two(now.getMinutes())}`
}
