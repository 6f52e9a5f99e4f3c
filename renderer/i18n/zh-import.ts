export const zhImport = {
  'job.dataset.proposeLayouts': '正在查看文件夹',
  'done.dataset.proposeLayouts': '文件夹已查看完毕。',
  'skip.label_conflict': '同一文件属于两个类别',
  'skip.no_class_folder': '不在任何类别文件夹中',
  'skip.synthetic': '合成图像',
  'skip.not_in_manifest': '清单中没有',
  'skip.manifest_mismatch': '与清单不符',
} as const
