import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { drawClassFolders } from '../../helpers/class-folders.ts'
import { runFlawsmith } from '../../helpers/run-flawsmith.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

test('the help says which options a command cannot do without', async () => {
  const { stdout } = await runFlawsmith(['classes', 'rename', '--help'], { dataFolder: temporaryFolder() })
  expect(stdout).toMatch(/--by <name>\s+who says so\s+\(required\)/)
  expect(stdout).not.toMatch(/--json.*\(required\)/)
})

test('a report for people gives reasons in words, one for programs gives their names', async () => {
  const folder = temporaryFolder()
  const [project, images, dataFolder] = [join(folder, 'line'), join(folder, 'images'), join(folder, 'data')]
  await drawClassFolders(images, { pit: 4, scratch: 4 })
  mkdirSync(images, { recursive: true })
  writeFileSync(join(images, 'pit', 'notes.png'), 'no picture')
  await runFlawsmith(['init', project, '--size', '16', '--channels', '1'], { dataFolder })
  const { stdout } = await runFlawsmith(['import', project, images], { dataFolder })
  expect(stdout).toMatch(/^ {2}Not an image: 1\n {4}pit\/notes\.png/m)
  expect(stdout).not.toContain('not_an_image')
  const again = await runFlawsmith(['import', project, images, '--json'], { dataFolder })
  expect(again.json()).toMatchObject({
    skipped: expect.arrayContaining([expect.objectContaining({ reason: 'not_an_image' })]) as unknown,
  })
})

test('a check for people says in words what is wrong, one for programs gives the names', async () => {
  const folder = temporaryFolder()
  const [project, images, dataFolder] = [join(folder, 'line'), join(folder, 'images'), join(folder, 'data')]
  await drawClassFolders(images, { pit: 3 })
  await runFlawsmith(['init', project, '--size', '16', '--channels', '1'], { dataFolder })
  await runFlawsmith(['import', project, images], { dataFolder })
  const [lost] = readdirSync(join(project, 'images'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.png'),
  )
  if (lost === undefined) throw new Error('the project holds no picture')
  rmSync(join(project, 'images', lost))
  const told = await runFlawsmith(['verify', project], { dataFolder })
  expect(told.code).toBe(1)
  expect(told.stderr).toContain(`File missing: images/${lost.replaceAll('\\', '/')}`)
  expect(told.stderr).not.toContain('missing_file')
  const { stdout } = await runFlawsmith(['verify', project, '--json'], { dataFolder })
  expect(JSON.parse(stdout)).toMatchObject({ error: { details: { problems: 1, found: [{ kind: 'missing_file' }] } } })
})

test('an image that comes back where the splits are locked is said to have no side yet', async () => {
  const folder = temporaryFolder()
  const [project, images, dataFolder] = [join(folder, 'line'), join(folder, 'images'), join(folder, 'data')]
  await drawClassFolders(images, { pit: 6, scratch: 6 })
  // Out until somebody says which class they are: compared with no other.
  for (const name of ['pit_0.png', 'pit_1.png']) cpSync(join(images, 'pit', name), join(images, 'scratch', name))
  const flawsmith = (...args: readonly string[]) => runFlawsmith(args, { dataFolder })
  await flawsmith('init', project, '--size', '16', '--channels', '1')
  await flawsmith('import', project, images)
  await flawsmith('splits', 'lock', project)
  const { stdout } = await flawsmith('images', 'restore', project, 'pit/pit_0.png', '--by', 'Ann')
  expect(stdout).toContain('1 image has no side yet')
  const next = await flawsmith('images', 'restore', project, 'pit/pit_1.png', '--by', 'Ann', '--json')
  expect(next.json()).toMatchObject({ images: 1, undivided: 1 })
})
