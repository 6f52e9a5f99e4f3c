import { statSync } from 'node:fs'

/** Which folder lies at a path: another one put in its place has the same path. */
export interface FolderIdentity {
  readonly device: bigint
  readonly inode: bigint
}

export function identifyFolder(folder: string): FolderIdentity {
  const { dev, ino } = statSync(folder, { bigint: true })
  return { device: dev, inode: ino }
}

/** False once the folder was moved, renamed, deleted or its drive is gone. */
export function isFolderInPlace(folder: string, { device, inode }: FolderIdentity): boolean {
  try {
    const now = identifyFolder(folder)
    return now.device === device && now.inode === inode
  } catch (thrown) {
    // ENOENT, or what a drive says that was pulled out: whatever it is, nothing can be written there.
    if ((thrown as NodeJS.ErrnoException).code !== undefined) return false
    throw thrown
  }
}
