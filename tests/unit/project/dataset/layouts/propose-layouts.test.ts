import { describe, expect, test } from 'vitest'
import type { LayoutProposal } from '../../../../../contract/layouts.ts'
import { proposeLayouts } from '../../../../../native-worker/project/dataset/layouts/propose-layouts.ts'
import { listingOf } from './listing-of.ts'

const propose = (...paths: readonly string[]): LayoutProposal[] =>
  proposeLayouts(listingOf(paths)).map(({ proposal }) => proposal)

const text = ({ layout, root, classes, splits }: LayoutProposal): string => {
  const counts = classes.map(({ name, images }) => `${name} ${images}`).join(', ')
  const given = splits === null ? '' : ` | ${splits.train}/${splits.val}/${splits.test}`
  return `${layout}${root === '' ? '' : ` in ${root}`}: ${counts}${given}`
}
const sure = (...paths: readonly string[]): string =>
  propose(...paths)
    .filter(({ certainty }) => certainty === 'sure')
    .map(text)
    .join('; ')
const open = (...paths: readonly string[]): string[] => {
  const proposals = propose(...paths)
  expect(proposals.filter(({ certainty }) => certainty === 'sure')).toEqual([])
  return proposals.filter(({ certainty }) => certainty === 'possible').map(text)
}
const remarks = (...paths: readonly string[]) => propose(...paths)[0]?.remarks

describe('class folders', () => {
  test('one folder a class, whatever lies in it', () => {
    expect(sure('pit/[3].png', 'good/[2].jpg')).toBe('classes: good 2, pit 3')
    expect(sure('pit/2024-01/[3].png', 'pit/2024-02/[2].png', 'scratch/[4].png')).toBe('classes: pit 5, scratch 4')
    expect(sure('pit/a.png')).toBe('classes: pit 1')
    expect(sure('pit/a.png', 'pit/batch/b.png')).toBe('classes: pit 2')
  })

  test('numbers, dashes, other scripts, names of splits among others, in the order of a person', () => {
    expect(sure('{10,1,2,-scratch,キズ,train}/[2].png')).toBe('classes: -scratch 2, 1 2, 2 2, 10 2, train 2, キズ 2')
  })

  test('train and test with images in them, beside another folder: splits of one class, or three classes', () => {
    expect(open('train/[6].png', 'test/[3].png', 'ok/[2].png')).toEqual(['classes: ok 2, test 3, train 6'])
    const [classes, flat] = propose('train/[6].png', 'test/[3].png', 'ok/[2].png')
    expect(classes?.remarks).toEqual([{ kind: 'split_or_class', names: ['ok'] }])
    expect(flat).toMatchObject({ layout: 'flat', images: 11, splits: { train: 6, val: 0, test: 3 } })
  })

  test('an empty class is a class', () => {
    expect(sure('ok/[2].png', 'scratch/[2].png', 'crack/', 'dent/readme.txt')).toBe(
      'classes: crack 0, dent 0, ok 2, scratch 2',
    )
  })

  test('loose images are listed, and asked about where they are most', () => {
    const [proposal] = propose('ok/[3].png', 'scratch/[3].png', '[5].png', 'labels.csv')
    expect(proposal).toMatchObject({ layout: 'classes', certainty: 'sure', images: 6, looseImages: 5 })
    expect(proposal?.remarks).toEqual([{ kind: 'table', path: 'labels.csv' }])
    expect(open('old/[3].png', '[9].png')).toEqual(['classes: old 3', 'flat:  12'])
  })

  test('names without an ending are images where there are no others', () => {
    expect(sure('pit/[3]', 'good/[2]', 'README')).toBe('classes: good 2, pit 3')
  })

  test('names that differ in case stay apart, and that is said', () => {
    expect(remarks('{ok,OK,dent}/[2].png')).toEqual([{ kind: 'case_twins', names: ['ok', 'OK'] }])
  })

  test('a name in two Unicode forms is one class, and that is said', () => {
    const folders = [`caf\u00e9/[2].png`, `cafe\u0301/[3].png`, 'dent/[2].png']
    expect(sure(...folders)).toBe('classes: caf\u00e9 5, dent 2')
    expect(remarks(...folders)).toEqual([{ kind: 'unicode_twins', names: ['caf\u00e9'] }])
  })

  test('a folder of images that says nothing is looked through', () => {
    expect(sure('images/{free,break}/[2].jpg', 'masks/break/[2].png')).toBe('classes in images: break 2, free 2')
  })
})

describe('one folder too much', () => {
  test('is asked about, unless what lies in it settles it', () => {
    expect(open('v2/{scratch,dent}/[2].png')).toEqual(['classes in v2: dent 2, scratch 2', 'classes: v2 4'])
    expect(sure('v2/{scratch,ok}/[2].png')).toBe('classes in v2: ok 2, scratch 2')
    expect(sure('a/b/v2/{scratch,good}/[2].png')).toBe('classes in a/b/v2: good 2, scratch 2')
    expect(sure('v2/{train,val}/{scratch,dent}/[2].png')).toBe('splits in v2: dent 4, scratch 4 | 4/4/0')
  })

  test('beside an empty class it is a class', () => {
    expect(open('scratch/{a,b}/[2].png', 'dent/')).toEqual([
      'classes in scratch: a 2, b 2',
      'classes: dent 0, scratch 4',
    ])
  })

  test('the same names below several folders', () => {
    expect(sure('{line1,line2}/{ok,scratch}/[2].png')).toBe('classes: ok 4, scratch 4')
    expect(sure('{ok,scratch}/{mon,tue}/[2].png')).toBe('classes: ok 4, scratch 4')
    expect(open('{scratch,dent}/{a,b}/[2].png')).toEqual(['classes: dent 4, scratch 4', 'classes: a 4, b 4'])
    expect(open('{lot1,lot2}/{pit,dent}/[2].png')[0]).toBe('classes: dent 4, pit 4')
    expect(sure('scratch/{lot 1,lot 2}/[2].png', 'dent/lot 3/[2].png')).toBe('classes: dent 2, scratch 4')
    expect(sure('scratch/[9].png', 'scratch/rework/[2].png', 'dent/[4].png')).toBe('classes: dent 4, scratch 11')
    // Several data sets side by side, or classes with batches of odd names.
    expect(open('neu/{crazing,patches}/[2].png', 'xsdd/{slag,ash}/[2].png')[0]).toBe('classes: neu 4, xsdd 4')
  })
})

describe('splits', () => {
  test('above the classes, by any of their names', () => {
    expect(sure('train/{ok,pit}/[4].png', 'val/{ok,pit}/[2].png', 'test/pit/a.png')).toBe('splits: ok 6, pit 7 | 8/4/1')
    expect(sure('{Train,Val}/{ok,pit}/[2].png')).toBe('splits: ok 4, pit 4 | 4/4/0')
    expect(sure('{train,validation,inspection}/{normal,defective}/[2].png')).toBe(
      'splits: defective 6, normal 6 | 4/4/4',
    )
    expect(sure('train/pit/a.png')).toBe('splits: pit 1 | 1/0/0')
    expect(sure('{train,validation}/images/{crazing,patches}/[2].jpg', 'train/annotations/[9].xml')).toBe(
      'splits: crazing 4, patches 4 | 4/4/0',
    )
  })

  test('inside the classes', () => {
    expect(sure('{scratch,ok}/{train,test}/[2].png')).toBe('splits: ok 4, scratch 4 | 4/0/4')
    expect(sure('{scratch,ok}/{train,test}/[2].png', 'pit/[3].png')).toBe('splits: ok 4, pit 3, scratch 4 | 4/0/4')
    expect(open('scratch/test/[2].png', '{scratch,ok}/[3].png')).toEqual([
      'splits: ok 3, scratch 5 | 0/0/2',
      'classes: ok 3, scratch 5',
    ])
  })

  test('can be read as classes where somebody says so', () => {
    const all = propose('{train,test}/{ok,pit}/[2].png').map((each) => `${each.certainty} ${text(each)}`)
    expect(all).toContain('unlikely classes: test 4, train 4')
  })

  test('without classes in them, or beside something else, they are asked about', () => {
    expect(open('{train,test}/[3].png')).toEqual(['classes: test 3, train 3', 'flat:  6 | 3/0/3'])
    expect(open('{train,test,extra}/{ok,pit}/[2].png')).toEqual(['splits: ok 4, pit 4 | 4/0/4', 'classes: ok 6, pit 6'])
    const [proposal] = propose('{train,test,extra}/{ok,pit}/[2].png')
    expect(proposal?.ignored).toEqual([{ path: 'extra', reason: 'no_split', images: 4 }])
  })

  test('a class that nothing can learn from is named', () => {
    expect(remarks('train/ok/[4].png', 'test/{ok,pit}/[2].png', 'val/ok/a.png', 'train/dent/a.png')).toContainEqual({
      kind: 'nothing_to_learn_from',
      classes: ['pit'],
    })
  })
})

describe('MVTec AD', () => {
  const bottle = (root = ''): readonly string[] => [
    `${root}train/good/[6].png`,
    `${root}test/{good,crack,contamination}/[4].png`,
    `${root}ground_truth/{crack,contamination}/[4]_mask.png`,
    `${root}license.txt`,
  ]

  test('defects and good are the classes, masks belong to their images, defects have their split drawn', () => {
    const [proposal] = propose(...bottle())
    expect(proposal).toMatchObject({ layout: 'mvtec', certainty: 'sure', images: 18, masks: 8, looseImages: 0 })
    expect(text(proposal as LayoutProposal)).toBe('mvtec: contamination 4, crack 4, good 10 | 6/0/4')
    expect(proposal?.remarks).toEqual([{ kind: 'drawn_anew', classes: ['contamination', 'crack'] }])
    const [plan] = proposeLayouts(listingOf(bottle()))
    expect(plan?.plan.masks.get('ground_truth/crack/2_mask.png')).toBe('test/crack/2.png')
  })

  test('a folder of several sets asks for one', () => {
    expect(open(...bottle('bottle/'), ...bottle('cable/'))).toEqual([
      'mvtec in bottle: contamination 4, crack 4, good 10 | 6/0/4',
      'mvtec in cable: contamination 4, crack 4, good 10 | 6/0/4',
    ])
    expect(sure(...bottle('downloads/bottle/'))).toBe(
      'mvtec in downloads/bottle: contamination 4, crack 4, good 10 | 6/0/4',
    )
  })

  test('masks beside their images, and folders that are only called like masks', () => {
    const beside = propose('kos01/Part[3].jpg', 'kos01/Part[3]_label.bmp', 'kos02/Part[2].jpg')[0]
    expect(beside).toMatchObject({ images: 5, masks: 3 })
    const pairs = propose('blowhole/tile[6].jpg', 'blowhole/tile[6].png', 'free/tile[3].jpg')[0]
    expect(pairs).toMatchObject({ images: 9, masks: 6 })
    // A picture in two or three formats is as many pictures.
    const formats = propose('pit/pit.png', 'pit/pit.jpg', 'pit/pit.tif', 'scratch/a[2].bmp')[0]
    expect(formats).toMatchObject({ images: 5, masks: 0 })
    expect(sure('mask/[3].png', 'lens/a.png')).toBe('classes: lens 1, mask 3')
  })
})

describe('sets with boxes', () => {
  test('are recognised, and never become classes by themselves', () => {
    const yolo = propose('images/{train,val}/[3].jpg', 'labels/{train,val}/[3].txt', 'data.yaml')
    expect(yolo.filter(({ certainty }) => certainty === 'sure')).toEqual([])
    expect(yolo[0]?.remarks).toContainEqual({ kind: 'annotations', format: 'yolo', files: 6 })
    const coco = propose('{train2017,val2017}/[3].jpg', 'annotations/instances_{train2017,val2017}.json')
    expect(coco.filter(({ certainty }) => certainty === 'sure')).toEqual([])
    expect(coco[0]?.remarks).toContainEqual({ kind: 'annotations', format: 'coco', files: 2 })
    expect(coco.map(text)).toContain('flat:  6 | 3/3/0')
    const voc = propose('JPEGImages/[3].jpg', 'Annotations/[3].xml')
    expect(voc.filter(({ certainty }) => certainty === 'sure')).toEqual([])
    expect(voc[0]?.remarks).toContainEqual({ kind: 'annotations', format: 'voc', files: 3 })
  })
})

describe('exports of ours', () => {
  const exported = new Map([
    [
      '',
      new Map(
        ['train/pit/pit_00001.png', 'test/pit/pit_00002.png', 'train/pit/pit_synthetic_r1_00003.png', 'gone.png'].map(
          (path) => [
            path,
            {
              className: 'pit',
              split: path.startsWith('test') ? ('test' as const) : ('train' as const),
              origin: path.includes('synthetic') ? ('synthetic' as const) : ('real' as const),
              sha256: 'a'.repeat(64),
              sourceSha256: null,
            },
          ],
        ),
      ),
    ],
  ])
  const files = ['train/pit/pit_00001.png', 'test/pit/pit_0000{2,4}.png', 'train/pit/pit_synthetic_r1_00003.png']

  test('what the manifest calls synthetic is left out, real images keep their split', () => {
    const [found, ...others] = proposeLayouts(listingOf(files, { exports: exported }))
    expect(others).toEqual([])
    expect(text(found?.proposal as LayoutProposal)).toBe('export: pit 2 | 1/0/1')
    expect(found?.plan.synthetic).toEqual(['train/pit/pit_synthetic_r1_00003.png'])
    expect(found?.plan.unlisted).toEqual(['test/pit/pit_00004.png'])
    expect(found?.proposal.remarks).toEqual([
      { kind: 'synthetic', images: 1, by: 'manifest' },
      { kind: 'gone', files: 1 },
    ])
  })

  test('a class folder copied out of one says it by the names of its files', () => {
    const [found] = proposeLayouts(listingOf(['pit/pit_00001.png', 'pit/pit_synthetic_r1_00003.png', 'ok/a.png']))
    expect(found?.plan.synthetic).toEqual(['pit/pit_synthetic_r1_00003.png'])
    expect(found?.proposal).toMatchObject({ images: 2, remarks: [{ kind: 'synthetic', images: 1, by: 'name' }] })
  })
})
