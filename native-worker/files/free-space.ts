import { statfs } from 'node:fs/promises'
import { FlawsmithError } from '../../contract/errors.ts'

const reserveBytes = 32 * 1024 * 1024

/** Bytes this user may still write to the disk that holds `folder`. */
export async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** What files take on disk: whole blocks. */
export const bytesOnDisk = (sizes: readonly number[]): number =>
  sizes.reduce((sum, size) => sum + Math.ceil(size / 4096) * 4096, 0)

/** Throws `disk_space_low`, with a little kept free for everything else. */
export function assertEnoughSpace({
  folder,
  neededBytes,
  freeBytes,
}: {
  readonly folder: string
  readonly neededBytes: number
  readonly freeBytes: number
}): void {
  if (neededBytes + reserveBytes <= freeBytes) return
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`
  throw new FlawsmithError(
    'disk_space_low',
    `${folder} needs ${megabytes(neededBytes + reserveBytes)} and its disk has ${megabytes(freeBytes)} free. Free some space or choose another disk.`,
    { folder, neededBytes: neededBytes + reserveBytes, freeBytes },
  )
}
