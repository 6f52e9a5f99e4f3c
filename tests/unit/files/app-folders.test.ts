import { expect, test } from 'vitest'
import { appFolders } from '../../../native-worker/files/app-folders.ts'

test.each([
  ['linux', {}, { data: '/home/ann/.local/share/flawsmith', cache: '/home/ann/.cache/flawsmith' }],
  ['linux', { XDG_DATA_HOME: '/d', XDG_CACHE_HOME: '/c' }, { data: '/d/flawsmith', cache: '/c/flawsmith' }],
  [
    'linux',
    { FLAWSMITH_DATA: '/x', FLAWSMITH_CACHE: '', XDG_DATA_HOME: '/d' },
    { data: '/x', cache: '/home/ann/.cache/flawsmith' },
  ],
  [
    'darwin',
    {},
    { data: '/home/ann/Library/Application Support/Flawsmith', cache: '/home/ann/Library/Caches/Flawsmith' },
  ],
  [
    'win32',
    { APPDATA: '/roaming', LOCALAPPDATA: '/local' },
    { data: '/roaming/Flawsmith', cache: '/local/Flawsmith/Cache' },
  ],
] as const)('%s %j', (platform, env, expected) => {
  expect(appFolders({ platform, env, home: '/home/ann' })).toEqual({ ...expected, logs: `${expected.data}/logs` })
})
