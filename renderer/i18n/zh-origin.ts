import type { enOrigin } from './en-origin.ts'

/** The same texts as `enOrigin`. */
export const zhOrigin = {
  'origin.field': '训练起点',
  'origin.help':
    '从程序生成的表面开始，少量图像、几分钟即可。从已完成的训练（本项目或其他项目）开始有多少好处，尚未测量。',
  'origin.surfaces': '程序生成的表面（推荐）',
  'origin.run': '某个项目中已完成的训练',
  'origin.none': '无：从零开始',
  'origin.project': '项目',
  'origin.otherProject': '其他文件夹…',
  'origin.chooseProject': '请选择项目',
  'origin.chooseTitle': '选择作为训练起点的项目',
  'origin.thisProject': '{{name}}（当前项目）',
  'origin.whichRun': '训练',
  'origin.reading': '正在读取项目…',
  'origin.noRuns': '项目“{{project}}”中还没有训练，请选择其他项目。',
  'origin.noneFits': '项目“{{project}}”中没有可用作起点的训练。最近一次：{{reason}}',
  'origin.option': '第 {{run}} 次训练：{{classes}}，第 {{step}} 步',
  'origin.optionRefused': '第 {{run}} 次训练：此处不可用',
  'origin.missing': '无法开始：请选择作为起点的训练。',
  'origin.classes': '其权重会复制到本项目，类别替换为本项目的类别。',
  'origin.startedFrom': '训练起点',
  'origin.ofRun': '项目“{{project}}”的第 {{run}} 次训练，{{recipe}} 版本 {{edition}}，{{size}} px，第 {{step}} 步',
  'origin.ofSurfaces': '已学会程序生成表面的神经网络',
  'origin.ofNothing': '无（从零开始）',
  'origin.short': '起点：项目“{{project}}”的第 {{run}} 次训练',
  'origin.hash': '权重文件的 SHA-256',
  'base.differs.recipe':
    '项目“{{project}}”的第 {{run}} 次训练使用 {{found}}，而本次训练使用 {{needed}}。请选择 {{needed}} 的训练。',
  'base.differs.edition':
    '项目“{{project}}”的第 {{run}} 次训练的神经网络版本为 {{found}}，此处需要版本 {{needed}}。请在该项目中重新训练。',
  'base.differs.size':
    '项目“{{project}}”的第 {{run}} 次训练的图像尺寸为 {{found}} px，而本项目为 {{needed}} px。请选择其他训练，或在“数据集”页面将本项目改为 {{found}} px。',
  'base.differs.channelsGrey':
    '项目“{{project}}”的第 {{run}} 次训练学习的是彩色图像，而本项目为灰度。请选择灰度项目的训练。',
  'base.differs.channelsColour':
    '项目“{{project}}”的第 {{run}} 次训练学习的是灰度图像，而本项目为彩色。请选择彩色项目的训练。',
  'base.differs.status': '项目“{{project}}”的第 {{run}} 次训练尚未结束。请打开该项目让其继续训练，或在那里将其停止。',
  'base.differs.no_checkpoint': '项目“{{project}}”的第 {{run}} 次训练没有检查点。请选择其他训练。',
  'base.differs.networks':
    '项目“{{project}}”的第 {{run}} 次训练的神经网络参数 {{parameter}} 为 {{found}}，而此处设为 {{needed}}。请改为 {{found}}，或选择其他训练。',
  'base.differs.no_run': '项目“{{project}}”中没有 {{needed}} 的训练。请在该项目中完成一次训练，或选择其他项目。',
} satisfies Readonly<Record<keyof typeof enOrigin, string>>
