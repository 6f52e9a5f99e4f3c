import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { format, resolveConfig } from 'prettier'

/** Renews what lies between the two marks of a report; the words around them are the author's and stay. */
export async function renewMeasured(
  measured: string,
  {
    file,
    title,
    begin,
    end,
  }: { readonly file: string; readonly title: string; readonly begin: string; readonly end: string },
): Promise<void> {
  const before = existsSync(file) ? await readFile(file, 'utf8') : `# ${title}\n\n${begin}\n${end}\n`
  const start = before.indexOf(begin)
  const stop = before.indexOf(end)
  if (start < 0 || stop < start) throw new Error(`${file} has lost its marks “${begin}” and “${end}”`)
  await mkdir(dirname(file), { recursive: true })
  const text = `${before.slice(0, start)}${begin}\n\n${measured}\n\n${before.slice(stop)}`
  await writeFile(file, await format(text, { ...(await resolveConfig(file)), parser: 'markdown' }))
}
