import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const manifest = { name: 'default-app', version: '1.0.0', type: 'module', main: 'main.js' }

/** Does what `electron <folder>` does: a stock Electron takes its app from the command line. */
const main = `import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'))
if (folder === undefined) {
  console.error('usage: electron <app folder>')
  process.exit(2)
}
const root = resolve(folder)
const { name, productName, version, main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
app.setAppPath(root)
app.setName(productName ?? name)
app.setVersion(version)
process.defaultApp = true
await import(pathToFileURL(join(root, main)).href)
`

/** Gives the names of the written files, relative to the runtime's folder. */
export async function writeDefaultApp(runtimeFolder: string): Promise<readonly string[]> {
  const files = { 'resources/app/package.json': JSON.stringify(manifest), 'resources/app/main.js': main }
  for (const [name, text] of Object.entries(files)) {
    const file = join(runtimeFolder, name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  return Object.keys(files)
}
