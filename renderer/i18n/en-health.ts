/** How much samples are like the real images: what was measured, what it is held against, what to do. */
export const enHealth = {
  'health.light.likeness': 'Likeness',
  'health.tone.plain': 'nothing wrong with it',
  'health.likenessEarly':
    'Not known yet whether the samples look like the real images: they are compared every half minute, and three comparisons are needed.',
  'health.classFlat':
    '{{name}} is next to one plain tone: {{share}} of the contrast of {{images}} real images (wanted: {{wanted}} or more). Do not use these samples. Go back to an earlier checkpoint, or start anew with another method.',
  'health.classFar': '{{name}} does not look like the real images: {{figures}}. {{advice}}',
  'health.classUnlike': '{{name}} is not yet like the real images: {{figures}}. {{advice}}',
  'health.classBlurred':
    '{{name}} is blurred: {{share}} of the fine structure of {{images}} real images (wanted: {{wanted}} or more). {{advice}}',
  'health.classRising': '{{name}} is within the limits and still gets better: {{figures}}. Keep training.',
  'health.classTooSmall':
    '{{name}} was not measured: it has {{images}} real images, {{needed}} are needed. Look at every one of its samples.',
  'health.classUnmeasured': '{{name}} was not measured in this run. Look at every one of its samples.',
  'health.likenessFine_one':
    'Samples of {{name}} are like the real images by these measures: {{figures}}. Whether they are useful is for the review to say.',
  'health.likenessFine_other':
    'Samples of all {{count, number}} classes are like the real images by these measures. Farthest is {{name}}: {{figures}}. Whether they are useful is for the review to say.',
  'health.varietyRising': '{{name}} is still changing: {{share}} of the variety of {{images}} real images so far.',
  'health.varietyUnmeasured': 'The variety of {{name}} was not measured: it has too few real images.',
  'likeness.overall': 'The mean over all classes',
  'likeness.coverage': '{{share}} of the real images have a sample like them (wanted: {{wanted}} or more)',
  'likeness.coverageOf': '{{share}} of {{images}} real images have a sample like them (wanted: {{wanted}} or more)',
  'likeness.coverageAgainst':
    '{{share}} of {{images}} real images have a sample like them, real images among themselves {{real}} (wanted: {{wanted}} or more)',
  'likeness.distance': 'distance {{own}}, real images among themselves {{real}} (wanted: {{most}} or less)',
  'likeness.both': '{{coverage}}, and {{distance}}',
  'likeness.advice.early': 'The run was too short to say more: continue it.',
  'likeness.advice.rising': 'It still gets better: keep training.',
  'likeness.advice.settled': 'It no longer gets better: try another method, or add images of this class.',
  'likeness.tab': 'By class',
  'likeness.table': 'Likeness by class',
  'likeness.images': 'Compared with',
  'likeness.coverageTitle': 'Coverage',
  'likeness.coverageHelp':
    'Real images that some sample resembles; behind it, what two halves of the real images reach. Wanted: {{wanted}} of that or more.',
  'likeness.coverageValue': '{{own}} against {{real}}',
  'likeness.distanceTitle': 'Distance',
  'likeness.distanceHelp':
    'Distance to the real images; behind it, what two halves of the real images have. Wanted: {{floors}} times that or less.',
  'likeness.distanceValue': '{{own}} against {{real}}',
  'likeness.contrastTitle': 'Contrast',
  'likeness.contrastHelp': 'Of the contrast of the real images. Wanted: {{wanted}} or more.',
  'likeness.sharpnessTitle': 'Fine structure',
  'likeness.sharpnessHelp': 'Of the fine structure of the real images. Wanted: {{wanted}} or more.',
  'likeness.verdict': 'Verdict',
  'likeness.verdict.unmeasured': 'not measured',
  'likeness.verdict.tooSmall': 'not measured: {{needed}} real images are needed',
  'likeness.verdict.early': 'too early to say',
  'likeness.verdict.flat': 'next to one plain tone',
  'likeness.verdict.far': 'far from real',
  'likeness.verdict.unlike': 'not yet like real',
  'likeness.verdict.blurred': 'blurred',
  'likeness.verdict.alike': 'like real by these measures',
} as const
