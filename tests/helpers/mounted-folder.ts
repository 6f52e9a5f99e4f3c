import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'

/** Only root on Linux may mount; elsewhere these tests are skipped, and say so. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0

/** Sees `folder` at `place`, where nothing can be written: even root is refused. Give the returned function to the end of the test. */
export function mountReadOnly(folder: string, place: string): () => void {
  mkdirSync(place, { recursive: true })
  execFileSync('mount', ['--bind', folder, place])
  execFileSync('mount', ['-o', 'remount,ro,bind', place])
  return () => void execFileSync('umount', [place])
}

/** A disk of its own at `place`, `sizeBytes` large. */
export function mountSmallDisk(place: string, { sizeBytes }: { readonly sizeBytes: number }): () => void {
  mkdirSync(place, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'tmpfs', place])
  return () => void execFileSync('umount', [place])
}
