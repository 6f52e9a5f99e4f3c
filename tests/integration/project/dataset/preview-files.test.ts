import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { imagePath } from '../../../../contract/image-path.ts'
import { previewFiles } from '../../../../native-worker/project/dataset/import/preview-files.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { rampPng } from '../../../helpers/test-pictures.ts'

test('files of a folder as pictures to look at, and nothing outside of it', async () => {
  const folder = temporaryFolder()
  const elsewhere = temporaryFolder()
  mkdirSync(join(folder, 'pit'))
  writeFileSync(join(folder, 'pit', 'wide.png'), await rampPng(200, 20))
  writeFileSync(join(folder, 'pit', 'notes.png'), 'no image')
  writeFileSync(join(elsewhere, 'secret.png'), await rampPng(30))
  symlinkSync(join(elsewhere, 'secret.png'), join(folder, 'pit', 'link.png'))
  const picturesFolder = join(temporaryFolder(), 'frames', 'pictures')
  mkdirSync(picturesFolder, { recursive: true })
  const preview = (paths: readonly string[], more: { readonly followLinks?: boolean } = {}) =>
    previewFiles({
      ...{ folder, paths, size: 32, channels: 1, fit: 'letterbox', images: testImagesClient(), picturesFolder },
      ...more,
    })
  const [wide, ...others] = await preview(['pit/wide.png', 'pit/notes.png', 'pit/gone.png'])
  expect(wide).toMatchObject({ ok: true, sourceWidth: 200, sourceHeight: 20 })
  expect(wide?.ok === true && existsSync(join(picturesFolder, imagePath(wide.sha256)))).toBe(true)
  expect(others).toEqual([
    { ok: false, reason: 'not_an_image' },
    { ok: false, reason: 'unreadable' },
  ])
  for (const path of ['../secret.png', '/etc/passwd', 'pit/../../secret.png', 'pit/link.png'])
    expect(await errorCodeOf(() => preview([path])), path).toBe('path_outside')
  expect(await preview(['pit/link.png'], { followLinks: true })).toMatchObject([{ ok: true, sourceWidth: 30 }])
})
