import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cruise, type IReporterOutput } from 'dependency-cruiser'
import { projectRoot } from '../setup/project-root.ts'

/*
 * The picture of the folders in docs/architecture.md, drawn from the imports there are. Without arguments it says whether the
 * document still shows them (exit code 1 if not); with `--write` it draws anew.
 */

const document = join(projectRoot, 'docs/architecture.md')
const picture = /(<!-- drawn from the imports: npm run draw-architecture -->\n\n)[^]*?(\n\n<!-- end -->)/

const room = /^(?:native-worker\/[^/]+|contract|electron|renderer)(?=\/)/

/** Who imports whom, folder by folder, as `from → to`. */
async function importsBetweenRooms(): Promise<readonly (readonly [string, string])[]> {
  const { output } = (await cruise(['contract', 'electron', 'renderer', 'native-worker'], {
    baseDir: projectRoot,
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
  })) as IReporterOutput
  if (typeof output === 'string') throw new Error('dependency-cruiser gave text where modules were asked for')
  const edges = new Map<string, readonly [string, string]>()
  for (const { source, dependencies } of output.modules) {
    const from = room.exec(source)?.[0]
    for (const { resolved } of dependencies) {
      const to = room.exec(resolved)?.[0]
      if (from !== undefined && to !== undefined && from !== to) edges.set(`${from} → ${to}`, [from, to])
    }
  }
  return [...edges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, edge]) => edge)
}

function draw(edges: readonly (readonly [string, string])[]): string {
  const short = (folder: string): string => folder.replace('native-worker/', '')
  const rooms = new Set(edges.flat().filter((folder) => folder.startsWith('native-worker/')))
  return [
    '```mermaid',
    'flowchart TD',
    '  subgraph native-worker',
    ...[...rooms].sort().map((folder) => `    ${short(folder)}`),
    '  end',
    // Everyone may use the contract: said in words, it would hide the other lines.
    ...edges.filter(([, to]) => to !== 'contract').map(([from, to]) => `  ${short(from)} --> ${short(to)}`),
    '```',
  ].join('\n')
}

const text = await readFile(document, 'utf8')
if (!picture.test(text)) throw new Error(`${document} has no place for the picture`)
const drawn = draw(await importsBetweenRooms())
const wanted = text.replace(picture, (_, before: string, after: string) => `${before}${drawn}${after}`)
if (process.argv.includes('--write')) await writeFile(document, wanted)
else if (wanted !== text) {
  console.error('docs/architecture.md shows other imports than there are. Draw it anew: npm run draw-architecture')
  process.exitCode = 1
}
