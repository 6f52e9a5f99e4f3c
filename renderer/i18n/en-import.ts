/** What a folder could be, and what became of it. */
export const enImport = {
  'job.dataset.proposeLayouts': 'Looking through the folder',
  'done.dataset.proposeLayouts': 'The folder has been looked through.',
  'skip.label_conflict': 'Same file in two classes',
  'skip.no_class_folder': 'In no class folder',
  'skip.synthetic': 'Synthetic',
  'skip.not_in_manifest': 'Not in the manifest',
  'skip.manifest_mismatch': 'Differs from the manifest',
} as const
