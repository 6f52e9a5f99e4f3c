import { link, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { distinctPng, pixelBomb } from './test-pictures.ts'

/** Files no class folder should hold, one for each reason; `good` has two usable pictures. Relative path → reason. */
export async function drawBadFolders(folder: string): Promise<Readonly<Record<string, string>>> {
  const good = join(folder, 'good')
  const odd = join(folder, 'odd')
  await mkdir(good, { recursive: true })
  await mkdir(odd, { recursive: true })
  const picture = await distinctPng()
  await writeFile(join(good, '1.png'), picture)
  await writeFile(join(good, '2.png'), await distinctPng())
  await writeFile(join(good, '3 again.png'), picture)
  await writeFile(join(good, '4.png'), await distinctPng())
  await writeFile(join(odd, 'again.png'), picture)
  await writeFile(join(odd, 'bomb.png'), pixelBomb())
  await writeFile(join(odd, 'empty.png'), '')
  await writeFile(join(odd, 'text.png'), 'not an image')
  await writeFile(join(odd, 'truncated.png'), picture.subarray(0, picture.length >> 1))
  await writeFile(join(folder, '..', 'outside.png'), await distinctPng())
  await symlink(join(folder, '..', 'outside.png'), join(odd, 'link.png'))
  return {
    'good/3 again.png': 'duplicate',
    'good/1.png': 'label_conflict',
    'odd/again.png': 'label_conflict',
    'odd/bomb.png': 'too_many_pixels',
    'odd/empty.png': 'empty_file',
    'odd/link.png': 'symlink_outside',
    'odd/text.png': 'not_an_image',
    'odd/truncated.png': 'corrupt',
  }
}

/** Names people give: spaces, quotes, Chinese, emoji, and as long as file systems allow. */
export const oddNames = ['two  spaces', `it's "odd"`, '划痕 表面', '🔥 burnt', 'x'.repeat(200)] as const

/** One class of two pictures for every odd name; the pictures are named oddly too. */
export async function drawOddlyNamedFolders(folder: string): Promise<void> {
  for (const name of oddNames) {
    await mkdir(join(folder, name), { recursive: true })
    for (const number of [1, 2]) await writeFile(join(folder, name, `${name} ${number}.png`), await distinctPng())
  }
}

/** The same large file `count` times under other names: slow to import, cheap to make. */
export async function linkCopies(
  file: Buffer,
  { folder, count }: { readonly folder: string; readonly count: number },
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const first = join(folder, 'copy_0.png')
  await writeFile(first, file)
  for (let number = 1; number < count; number += 1) await link(first, join(folder, `copy_${number}.png`))
}
