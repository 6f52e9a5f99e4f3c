/** The resources folder of the installed app that a bundle in `entryFolder` belongs to; null in the repository. */
export function packagedResources(entryFolder: string): string | null {
  const archive = /[\\/]app\.asar(?=[\\/])/.exec(entryFolder)
  return archive === null ? null : entryFolder.slice(0, archive.index)
}
