/** Folders that hold files of any class. */
const folderOfAll =
  /^(images?|frames?|masks?|ground[_ -]?truth|labels?|annotations?|gt|train|val|valid|validation|test)$/i

/** The class that the folder of a file says, by its path; null where it lies in none, or in one of all classes. */
export function classOfFolder(path: string): string | null {
  const folder = path.split('/').at(-2)
  return folder === undefined || folderOfAll.test(folder) ? null : folder
}
