import type { Split } from '../../../../contract/splits.ts'

/** Names of folders that say what their images are for. */
const splitNames: Readonly<Record<string, Split>> = {
  train: 'train',
  training: 'train',
  val: 'val',
  valid: 'val',
  validation: 'val',
  dev: 'val',
  test: 'test',
  testing: 'test',
  inspection: 'test',
}

/** Also `train2017`. */
export const splitOf = (name: string): Split | null =>
  splitNames[name.toLowerCase().replace(/(19|20)\d\d$/, '')] ?? null

/** Folders that hold images without saying anything about them. */
const neutralNames = new Set(['images', 'image', 'imgs', 'img', 'data', 'dataset', 'jpegimages', 'pictures', 'photos'])
export const isNeutral = (name: string): boolean => neutralNames.has(name.toLowerCase())

/** Names of a class without defects: where one stands, the classes stand. */
const goodNames = new Set([
  'good',
  'ok',
  'normal',
  'free',
  'defect_free',
  'defect-free',
  'no_defect',
  'nodefect',
  'pass',
])
const goodNamesElsewhere = new Set([
  '良品',
  '正常',
  '合格',
  '无缺陷',
  '無缺陷',
  '合格品',
  'gut',
  'io',
  '양품',
  '正常品',
])
export const isGood = (name: string): boolean =>
  goodNames.has(name.toLowerCase()) || goodNamesElsewhere.has(name.toLowerCase().normalize('NFC'))

/** Names that count batches rather than say what is seen: dates, numbers, lots, lines. */
const batchName =
  /^(batch|lot|shift|day|week|line|cam|camera|station|part|set|charge|los|批次?|班次?|产线)?[-_ ]?[\d\-_.]+$/i
export const looksLikeBatch = (name: string): boolean => batchName.test(name)

const maskFolders = new Set([
  'ground_truth',
  'ground-truth',
  'groundtruth',
  'gt',
  'masks',
  'mask',
  'segmentation',
  'labels',
])
const surelyMasks = new Set(['ground_truth', 'ground-truth', 'groundtruth'])
export const isMaskFolder = (name: string): boolean => maskFolders.has(name.toLowerCase())
export const isSurelyMaskFolder = (name: string): boolean => surelyMasks.has(name.toLowerCase())

/** What remains of the stem of a mask's name: the stem of its image. */
export const withoutMaskSuffix = (stem: string): string => stem.replace(/[-_](masks?|gt|label|seg)$/i, '')

const junkNames = new Set([
  'thumbs.db',
  'desktop.ini',
  '__macosx',
  '$recycle.bin',
  'system volume information',
  '@eadir',
  '#recycle',
  '@recycle',
  '@recently-snapshot',
  '#snapshot',
  '~snapshot',
  'lost+found',
  'network trash folder',
  'temporary items',
])
/** What file managers and storage boxes leave. */
export const isJunk = (name: string): boolean => junkNames.has(name.toLowerCase())

const imageName = /\.(png|jpe?g|jpe|jfif|bmp|dib|tiff?|webp|gif)$/i
export const isImageName = (name: string): boolean => imageName.test(name)

/** As exports of ours name them: `scratch_synthetic_r3_00012.png`; `crack_synthetic_f012_003.png` where it was painted. */
export const isSyntheticName = (name: string): boolean => /_synthetic_[rf]\d+_\d+\.png$/i.test(name)

export const stemOf = (name: string): string => name.replace(/\.[^.]*$/, '')
