import type { enScores } from './en-scores.ts'

export const zhScores: Record<keyof typeof enScores, string> = {
  'job.scores.compute': '正在为候选样本评分',
  'job.stage.learning': '评分：神经网络正在学习各类别',
  'job.stage.features': '评分：正在分析图片',
  'done.scores.compute': '候选样本已评分。',
}
