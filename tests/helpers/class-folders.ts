import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rampPng } from './test-pictures.ts'

/** Class folders of small, distinct pictures: `<folder>/<class>/<class>_<i>.png`. */
export async function drawClassFolders(folder: string, classes: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, count] of Object.entries(classes)) {
    await mkdir(join(folder, name), { recursive: true })
    for (let i = 0; i < count; i += 1) {
      await writeFile(join(folder, name, `${name}_${i}.png`), await rampPng(40, 30, name.length * 20 + i))
    }
  }
}
