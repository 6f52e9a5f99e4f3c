import fc from 'fast-check'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import type { RunId, Sha256 } from '../../../../contract/ids.ts'
import { assertEnoughSpace, bytesOnDisk } from '../../../../native-worker/files/free-space.ts'
import { manifestCsv, readManifest } from '../../../../native-worker/project/export/manifest.ts'
import { classChart } from '../../../../native-worker/project/export/report/class-chart.ts'
import type { ClassId } from '../../../../contract/ids.ts'

const sha256 = 'a'.repeat(64) as Sha256
const shown = {
  ...{ sizeBytes: 1, width: 64, height: 48, extension: 'png', picture: sha256 },
  source: { kind: 'picture' } as const,
}

test('rows say where a picture comes from; commas and quotes are quoted', () => {
  const csv = manifestCsv([
    {
      path: 'val/p/p_00001.png',
      split: 'val',
      className: 'p',
      number: 1,
      sha256,
      ...shown,
      origin: { kind: 'real', source: 'set/p/a, "b".png', sourceSha256: sha256 },
    },
    {
      path: 'train/p/p_synthetic_r3_00001.png',
      split: 'train',
      className: 'p',
      number: 1,
      sha256,
      ...shown,
      origin: {
        kind: 'synthetic',
        quality: null,
        rank: 1,
        sha256,
        runId: 3 as RunId,
        recipe: 'acgan',
        seed: 7,
        checkpointStep: 500,
        inspector: 'Ann',
        decidedAt: '2026-01-01T00:00:00.000Z',
      },
    },
  ])
  expect(csv.split('\r\n')).toEqual([
    '\u{feff}split,class,file,origin,sha256,source_path,run,recipe,seed,checkpoint_step,inspector,decided_at,rank,width,height,source_sha256',
    `val,p,val/p/p_00001.png,real,${sha256},"set/p/a, ""b"".png",,,,,,,,64,48,${sha256}`,
    `train,p,train/p/p_synthetic_r3_00001.png,synthetic,${sha256},,3,acgan,7,500,Ann,2026-01-01T00:00:00.000Z,1,64,48,`,
    '',
  ])
})

const realFile = (className: string, source: string) => ({
  path: 'val/p/p_00001.png',
  split: 'val' as const,
  className,
  number: 1,
  sha256,
  ...shown,
  origin: { kind: 'real' as const, source, sourceSha256: sha256 },
})

test.each(['=1+1', '+1+1', '-2', '@SUM(A1)', '＝1', "'=1", "'"])(
  'a class named %j is no formula for a spreadsheet, and comes back as it was',
  (name) => {
    const csv = manifestCsv([realFile(name, name)])
    expect(csv).toContain(`val,"'${name}",val/p/p_00001.png,real,${sha256},"'${name}",`)
    expect(readManifest(csv)).toMatchObject([{ class: name, source_path: name }])
  },
)

test.each([
  ['\t=1', String.raw`\u{9}=1`],
  ['a\u{1b}[2Jb', String.raw`a\u{1b}[2Jb`],
  ['\u{202e}gnp', String.raw`\u{202e}gnp`],
  ['C:\\new', String.raw`C:\\new`],
])('control characters and turns of the writing direction in %j are written out, and come back', (name, cell) => {
  const csv = manifestCsv([realFile(name, name)])
  expect(csv).toContain(`val,${cell},val/p/p_00001.png`)
  expect(readManifest(csv)).toMatchObject([{ class: name, source_path: name }])
})

test('a manifest of an older version is read as it was written', () => {
  const csv = `split,class,file,origin,sha256\r\nval,"a\\\\b",val/a/1.png,real,${sha256}\r\n`
  expect(readManifest(csv)).toMatchObject([{ class: 'a\\\\b' }])
})

test('any names come back exactly as they were', () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.string({
      unit: fc.constantFrom("'", '"', ',', '=', '\r', '\n', '\t', ' ', '\u{feff}', 'a', '划'),
      minLength: 1,
    }),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 5 }), (names) => {
      const rows = readManifest(manifestCsv(names.map(([className, source]) => realFile(className, source))))
      expect(rows.map((row) => [row.class, row.source_path])).toEqual(names)
    }),
    { numRuns: 500 },
  )
})

test('fields are quoted as the writer of tables does it that others use', () => {
  const name = fc.string({
    unit: fc.constantFrom("'", '"', ',', '=', '-', '＋', ' ', '\u{feff}', 'a', '_', '/', '7', '划', '😀'),
    minLength: 1,
  })
  fc.assert(
    fc.property(name, name, (className, source) => {
      const [, row] = manifestCsv([realFile(className, source)]).split('\r\n')
      const expected = Papa.unparse(
        [
          [
            'val',
            className,
            'val/p/p_00001.png',
            'real',
            sha256,
            source,
            ...Array<string>(7).fill(''),
            '64',
            '48',
            sha256,
          ],
        ],
        { escapeFormulae: /^['=+\-@\t\r\n＝＋－＠]/ },
      )
      expect(row).toBe(expected)
    }),
    { numRuns: 1000 },
  )
})

test('too little space is refused with the numbers', () => {
  const check = (neededBytes: number, freeBytes: number) => () =>
    assertEnoughSpace({ folder: '/out', neededBytes, freeBytes })
  expect(check(10e6, 100e6)).not.toThrow()
  expect(check(90e6, 100e6)).toThrow('/out needs 124 MB and its disk has 100 MB free')
  expect(bytesOnDisk([0, 1, 4096, 4097])).toBe(4096 * 4)
})

test('the chart shows names as text', () => {
  const svg = classChart([
    {
      classId: 1 as ClassId,
      name: '<b>&"x',
      folder: 'x',
      real: 3,
      accepted: 2,
      target: 5,
      synthetic: 2,
      missing: 0,
      otherSize: 0,
      absentFrom: [],
      splits: { train: 5, val: 0, test: 0 },
    },
  ])
  expect(svg).toContain('&lt;b&gt;&amp;&quot;x')
  expect(svg).not.toContain('<b>')
})
