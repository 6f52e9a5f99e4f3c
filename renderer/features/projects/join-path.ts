/** Joins with the separator the folder already uses: the page does not know the platform. */
export function joinPath(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/'
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`
}

/** A folder name for a project: what file systems refuse becomes a dash. */
export const folderNameOf = (projectName: string): string =>
  projectName
    .trim()
    // eslint-disable-next-line no-control-regex -- control characters are exactly what must go
    .replace(/[<>:"/\\|?*\u0000-\u001f]+/g, '-')
    .replace(/[. ]+$/, '')
    .slice(0, 80)
