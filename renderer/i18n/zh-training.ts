import type { enTraining } from './en-training.ts'

/** The same texts as `enTraining`. */
export const zhTraining = {
  'recipe.group.composing': '无需训练：几秒即可完成',
  'recipe.group.learning': '需要训练的神经网络：几分钟到几小时',
  'recipe.toMarks': '标注缺陷…',
  'recipe.noFreeClass': '暂不可用：请先指定哪个类别无缺陷，并在另一个类别中标注 4 处缺陷。',
  'recipe.noFreeClassSuggested':
    '暂不可用：请先指定哪个类别无缺陷（是 {{name}} 吗？），并在另一个类别中标注 4 处缺陷。',
  'recipe.marksMissing_other': '暂不可用：请在类别 {{name}} 中再标注 {{count, number}} 处缺陷。',
  'recipe.noDefectClass': '暂不可用：没有带缺陷的类别，请先导入。',
  'advice.background': '无缺陷类别：用作背景。',
  'advice.donors_other': '已标注 {{count, number}} 张图像，足够。',
  'advice.fewDonors_other': '已标注 {{count, number}} 张图像：可以使用，但缺陷会重复出现。建议标注 20 张以上。',
  'advice.donorsMissing_other': '已标注 {{donors}} 张：不参与生成。请再标注 {{count, number}} 张。',
  'length.title': '训练多久',
  'length.quick': '快速预览',
  'length.normal': '标准',
  'length.good': '精细',
  'length.overnight': '整夜',
  'length.quickHelp': '看看方向对不对。',
  'length.normalHelp': '用于首次审核。',
  'length.goodHelp': '用于准备采用的样本。',
  'length.overnightHelp': '直到不再改善为止。',
  'length.steps': '{{steps}} 步',
  'length.stepsInTime': '{{steps}} 步，约 {{time}}',
  'length.time': '时长 {{time}}',
  'length.atMost': '最长 {{time}}',
  'train.moreSettings': '更多设置',
  'train.settings': '设置',
  'train.byPreset': '按上方选择',
} satisfies Readonly<Record<Exclude<keyof typeof enTraining, `${string}_one`>, string>>
