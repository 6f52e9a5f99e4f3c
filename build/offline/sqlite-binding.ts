import { cp, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { runCommand } from '../../native-worker/files/run-command.ts'
import { ensureSystemPackages } from '../runtime/system-libraries.ts'
import { say } from '../setup/say.ts'
import { probeSqlite } from './probe-sqlite.ts'

/** The Node-API version that better-sqlite3's own binaries need. */
const prebuiltNapi = 10
const compilerPackages = ['g++', 'make', 'python3'] as const

/**
 * A better-sqlite3 binary for a runtime that is too old for the package's own one (which keeps references to strings,
 * a Node-API 10 ability, and aborts without it). The unchanged sources compile to an experimental Node-API that older
 * runtimes offer as well. Kept in the cache by version; null where the package's own binary fits.
 */
export async function ensureSqliteBinding({
  root,
  cacheFolder,
  electronPath,
  napi,
}: {
  readonly root: string
  readonly cacheFolder: string
  readonly electronPath: string
  readonly napi: number
}): Promise<string | null> {
  if (napi >= prebuiltNapi) return null
  const source = join(root, 'node_modules', 'better-sqlite3')
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string }
  const name = `better-sqlite3-${version}-napi${napi}-${process.platform}-${process.arch}.node`
  const binding = join(cacheFolder, 'runtime', name)
  if (await isFile(binding)) return binding

  await ensureSystemPackages(compilerPackages)
  say(`Building better-sqlite3 ${version} for Node-API ${napi} (about two minutes, once) …`)
  await mkdir(dirname(binding), { recursive: true })
  const temporary = await mkdtemp(join(cacheFolder, 'runtime', 'sqlite-'))
  try {
    const built = await compile({ root, source, folder: temporary })
    await probeSqlite({ electronPath, sqlitePackage: source, binding: built })
    await rename(built, binding)
    return binding
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

async function compile({ root, source, folder }: { root: string; source: string; folder: string }): Promise<string> {
  const copy = join(folder, 'node_modules', 'better-sqlite3')
  await cp(source, copy, { recursive: true, filter: (path) => !/[\\/](prebuilds|build)$/.test(path) })
  const headersPackage = dirname(createRequire(join(source, 'package.json')).resolve('node-addon-api/package.json'))
  await cp(headersPackage, join(folder, 'node_modules', 'node-addon-api'), { recursive: true })
  const gyp = createRequire(join(root, 'package.json')).resolve('node-gyp/bin/node-gyp.js')
  const arguments_ = [
    gyp,
    'rebuild',
    '--release',
    '--force_build=1',
    `--nodedir=${findNodeHeaders(root)}`,
    '--loglevel=error',
  ]
  const { code, stdout, stderr } = await runCommand(process.execPath, arguments_, {
    cwd: copy,
    env: {
      ...process.env,
      CXXFLAGS: '-UNAPI_VERSION -DNAPI_VERSION=2147483647 -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT',
    },
  })
  if (code === 0) return join(copy, 'build', 'Release', 'better_sqlite3.node')
  const lines = `${stdout}\n${stderr}`.trim().split('\n').slice(-12).join('\n')
  throw new Error(
    `better-sqlite3 could not be built. It needs python3, make and g++ (Debian: apt-get install python3 make g++).\n${lines}`,
  )
}

/** The folder whose include/node holds the pinned Node's headers, so that nothing is downloaded for the build. */
function findNodeHeaders(root: string): string {
  return join(root, 'node_modules', `node-${process.platform}-${process.arch}`)
}

const isFile = async (path: string): Promise<boolean> => (await stat(path).catch(() => null))?.isFile() ?? false
