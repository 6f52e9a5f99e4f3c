import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FolderGrants } from '../../../../native-worker/service/ports/folder-grants.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

function setUp() {
  const root = temporaryFolder()
  const folder = (name: string): string => {
    mkdirSync(join(root, name), { recursive: true })
    return join(root, name)
  }
  const recent = folder('recent')
  const grants = new FolderGrants({ onRecord: () => Promise.resolve([recent]) })
  const outcomeOf = (admission: Promise<void>): Promise<string> =>
    admission.then(
      () => 'admitted',
      (thrown: unknown) => errorCodeOf(() => Promise.reject(thrown as Error)),
    )
  const importFrom = (path: string): Promise<string> =>
    outcomeOf(grants.admit('dataset.import', { folder: path, fit: 'crop' }))
  const createIn = (path: string): Promise<string> =>
    outcomeOf(grants.admit('projects.create', { folder: path, size: 32, channels: 1 }))
  return { root, folder, recent, grants, outcomeOf, importFrom, createIn }
}

test('what was chosen is granted with what lies below it, to read or to write in', async () => {
  const { root, folder, grants, importFrom, createIn } = setUp()
  grants.add({ folder: folder('chosen'), use: 'read' })
  grants.add({ folder: folder('projects'), use: 'write' })
  expect(await importFrom(join(root, 'chosen'))).toBe('admitted')
  expect(await importFrom(join(root, 'chosen/line 3'))).toBe('admitted')
  expect(await createIn(join(root, 'chosen/new'))).toBe('folder_not_granted')
  expect(await createIn(join(root, 'projects/a/b/new'))).toBe('admitted')
  expect(await importFrom(join(root, 'projects'))).toBe('admitted')
})

test('neighbours, parents and relative paths are not', async () => {
  const { root, folder, grants, importFrom } = setUp()
  grants.add({ folder: folder('chosen'), use: 'write' })
  for (const path of ['chosen too', 'chosen/..', 'chosen/../other', '.']) {
    expect(await importFrom(join(root, path)), path).toBe('folder_not_granted')
    expect(await importFrom(`${root}/${path}`), path).toBe('folder_not_granted')
  }
  expect(await importFrom('chosen')).toBe('folder_not_granted')
})

test('a link below a granted folder leads nowhere else', async () => {
  const { root, folder, grants, importFrom, createIn } = setUp()
  grants.add({ folder: folder('projects'), use: 'write' })
  symlinkSync(folder('secrets'), join(root, 'projects/link'))
  expect(await importFrom(join(root, 'projects/link'))).toBe('folder_not_granted')
  expect(await createIn(join(root, 'projects/link/new'))).toBe('folder_not_granted')
  // The user's own choice may be a link.
  symlinkSync(folder('disk'), join(root, 'mounted'))
  grants.add({ folder: join(root, 'mounted'), use: 'write' })
  expect(await createIn(join(root, 'mounted/new'))).toBe('admitted')
})

test('what is on record may be read, itself and not below, and never written in', async () => {
  const { recent, grants, importFrom, createIn } = setUp()
  expect(await importFrom(recent)).toBe('admitted')
  expect(await importFrom(join(recent, 'images'))).toBe('folder_not_granted')
  expect(await createIn(join(recent, 'new'))).toBe('folder_not_granted')
  await grants.admit('verify.run', {})
  await grants.admit('projects.forget', { folder: '/anything' })
})

test('a project to start from is read where it was chosen or is on record, and so is every other folder of a request', async () => {
  const { root, folder, recent, grants, outcomeOf } = setUp()
  grants.add({ folder: folder('chosen'), use: 'read' })
  const startFrom = async (path: string): Promise<string> => {
    const wish = { recipe: 'crgan', steps: 1, startFrom: { folder: path } } as const
    const codes = await Promise.all([
      outcomeOf(grants.admit('runs.start', wish)),
      outcomeOf(grants.admit('runs.estimate', wish)),
      outcomeOf(grants.admit('runs.offered', { recipe: 'crgan', folder: path })),
      outcomeOf(grants.admit('verify.run', { folder: recent, project: path })),
    ])
    return [...new Set(codes)].join()
  }
  expect(await startFrom(join(root, 'chosen/line 3'))).toBe('admitted')
  expect(await startFrom(recent)).toBe('admitted')
  expect(await startFrom(join(root, 'elsewhere'))).toBe('folder_not_granted')
  await grants.admit('runs.start', { recipe: 'crgan', steps: 1 })
})
