import type { ExportPlan } from '../../../../contract/export.ts'

/** What somebody has to know who reads the folders with a training library; English, then Chinese. */
export function imagefolderReadme({
  plan,
  order,
}: {
  readonly plan: ExportPlan
  /** The folders of the classes, in the order of their numbers. */
  readonly order: readonly string[]
}): string {
  const absent = plan.classes.filter(({ absentFrom }) => absentFrom.length > 0)
  const sizes =
    plan.pictures === 'project'
      ? ['All images, real ones too, have the size of the project.', '所有图像（包括真实图像）均为项目尺寸。']
      : [
          'Real images have the size of their originals, synthetic ones that of the project (width and height in manifest.csv): let the reader resize them.',
          '真实图像为原图尺寸，合成图像为项目尺寸（宽和高见 manifest.csv），请让读取程序统一缩放。',
        ]
  return [
    'train/<class>, val/<class>, test/<class>; synthetic images are in train only.',
    'The number of a class is its line in classes.txt, from 0, in every split.',
    sizes[0],
    ...absent.map(({ folder, absentFrom }) => `No image of “${folder}” in: ${absentFrom.join(', ')}.`),
    '',
    'torchvision   ImageFolder(folder, transform=Compose([Resize((64, 64)), ToTensor()]), allow_empty=True)',
    'Keras         image_dataset_from_directory(folder, label_mode="int", image_size=(64, 64))',
    ...(absent.length === 0
      ? []
      : [
          'Without allow_empty=True torchvision refuses a folder without images. Do not delete these folders: the classes after them would get other numbers.',
        ]),
    '',
    'train/<类别>、val/<类别>、test/<类别>；合成图像仅在 train 中。',
    '类别编号为其在 classes.txt 中的行号（从 0 开始），各划分一致。',
    sizes[1],
    ...absent.map(({ folder, absentFrom }) => `“${folder}”在以下划分中没有图像：${absentFrom.join('、')}。`),
    ...(absent.length === 0
      ? []
      : [
          '不加 allow_empty=True 时 torchvision 会拒绝没有图像的文件夹。请勿删除这些文件夹，否则其后类别的编号会改变。',
        ]),
    `classes.txt: ${order.length}`,
    '',
  ].join('\n')
}
