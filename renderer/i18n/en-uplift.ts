/** The verdict: whether anything synthetic helps. */
export const enUplift = {
  'step.evaluate': 'Evaluate',
  'job.uplift.measure': 'Measuring what helps',
  'done.uplift.measure': 'Measured what helps.',
  'evaluate.report': 'Report…',
  'evaluate.reportHelp':
    'Writes the verdict and everything behind it as a page and a PDF, for somebody who was not here.',
  'evaluate.reportChoose': 'Folder for the report',
  'evaluate.reportDone': 'Report written: report.html and report.pdf.',
  'job.reports.write': 'Writing the report',
  'done.reports.write': 'Report written.',
  'evaluate.subtitle': 'Does anything synthetic help? Measured on the locked test images of this project.',
  'evaluate.quick': 'Measure quickly (up to 5 minutes)',
  'evaluate.full': 'Measure in full (up to 45 minutes)',
  'evaluate.notYet': 'Not measured yet',
  'evaluate.notYetText':
    'Small classifiers learn from the real images alone and with each way of balancing, and are compared on test images that none of them has seen. Quick takes up to 5 minutes, full up to 45. Nothing is recommended before that.',
  'evaluate.locks':
    'The first measurement locks the splits. What was measured is kept at once: cancelled, it goes on later.',
  'evaluate.impossible': 'At least two classes need images in the train and in the test split.',
  'evaluate.unfinished':
    'A measurement was cut off after {{trainings}} trainings. Started again, it goes on from there.',
  'evaluate.stale': 'Changed since this was measured: {{what}}. Measure again.',
  'evaluate.changed.method': 'how this version of Flawsmith measures',
  'evaluate.changed.size': 'the image size of the project',
  'evaluate.changed.classes': 'the classes, or which of them is free of defects',
  'evaluate.changed.images': 'the images',
  'evaluate.changed.splits': 'the splits',
  'evaluate.changed.groups': 'which images show the same part',
  'evaluate.changed.candidates': 'the candidates that nobody rejected',
  'evaluate.changed.gated': 'the candidates that passed the gate or were accepted',
  'evaluate.changed.unknown': 'not known what, because the older version that measured it kept no note of each thing',
  'evaluate.sentence.helps': '{{way}} helps: {{difference}} points of macro-F1, 95 % interval {{interval}}.',
  'evaluate.sentence.noEvidence':
    'No evidence that anything synthetic helps. Best was {{way}}: {{difference}} points of macro-F1, 95 % interval {{interval}}.',
  'evaluate.sentence.hurts':
    'Everything that was tried hurts. Best was {{way}}: {{difference}} points of macro-F1, 95 % interval {{interval}}.',
  'evaluate.sentence.notMeasured':
    'Not measured: {{seeds}} paired repeats, and {{needed}} are the least for a verdict.',
  'evaluate.sentence.nothing':
    'Only the reference was measured: there was no other way of balancing to compare it with.',
  'evaluate.weight':
    '{{images}} test images. In the smallest class, {{class}} ({{fewest}}), one image is {{points}} points of recall.',
  'evaluate.recommend': 'Recommended: {{way}}, dose {{dose}}.',
  'evaluate.recommendNone': 'Recommended: no synthetic images. Balance by sampling and augmentation.',
  'evaluate.nearCeiling': 'The reference is above 92: there is little to gain.',
  'evaluate.notAtPlateau':
    'It was not shown that the reference had learned all it could with so many updates. Take this as an indication only.',
  'evaluate.sameUpdates':
    'Against the reference that had as many updates the difference is {{difference}} {{interval}} points: less time to learn is no fault of the images.',
  'evaluate.notMeasuredHere': 'Not measured: {{ways}}.',
  'evaluate.unjudged': 'Cannot be judged, for want of test images: {{classes}}.',
  'evaluate.ways': 'Ways of balancing against the reference',
  'evaluate.reference':
    'Reference: real images, balanced sampling, classical augmentation. Macro-F1 {{score}} ± {{deviation}} after {{updates}} updates.',
  'evaluate.referenceName': 'Reference',
  'evaluate.plotHelp':
    'Points of macro-F1; the bar is the mean, the line its 95 % interval, the grey line no difference.',
  'evaluate.painted': 'Pretraining on painted defects',
  'evaluate.paintedAnd': 'Pretraining on painted defects, then {{source}}',
  'evaluate.samples.gated': '{{recipe}} (gated)',
  'evaluate.samples.any': 'Synthetic samples',
  'evaluate.samples.raw': '{{recipe}} (ungated)',
  'evaluate.samplesHelp':
    'Gated: candidates that passed the gate or that a person accepted. Ungated: all that were drawn and that nobody rejected.',
  'evaluate.ways.many':
    '{{ways}} ways were compared. The intervals are wide enough to hold for all of them at once, so that the best of many is not the best by luck.',
  'evaluate.ways.foremost':
    '“{{way}}” did best on the validation images, before a test image was seen: half of the 5 % that the intervals may miss is its own, the other ways share the rest.',
  'evaluate.dose': 'dose {{dose}}',
  'evaluate.mix.mixed': 'mixed in',
  'evaluate.mix.first': 'first, then real only',
  'evaluate.doses': 'Doses',
  'evaluate.dosesHelp':
    'Chosen on the validation images, never on the test. Dose 1 makes every class as large as the largest.',
  'evaluate.dosesOf': 'Doses of {{way}}',
  'evaluate.classes': 'Class by class',
  'evaluate.class': 'Class',
  'evaluate.train': 'Train',
  'evaluate.test': 'Test',
  'evaluate.recall': 'Recall of the reference',
  'evaluate.change': 'Change',
  'evaluate.finding': 'Finding',
  'evaluate.finding.helps': 'helps',
  'evaluate.finding.noEvidence': 'no evidence',
  'evaluate.finding.tooNoisy': 'too noisy to tell',
  'evaluate.finding.hurts': 'hurts',
  'evaluate.finding.notMeasured': 'not measured',
  'evaluate.noTest': 'no test image',
  'evaluate.confusions': 'What is taken for what',
  'evaluate.is': 'is',
  'evaluate.falseAlarms': 'False alarms on good parts: {{before}} % with the reference, {{after}} % with this way.',
  'evaluate.noGoodClass': 'No class is declared free of defects, so false alarms are not known.',
  'evaluate.mode.quick': 'quick',
  'evaluate.mode.full': 'full',
  'evaluate.method':
    'Measured {{mode}}: {{seeds}} paired seeds, {{updates}} updates each, images at {{edge}} px, engine {{engine}}. The interval is the wider one of the corrected resampled t and a bootstrap by groups, cut off where no score is possible; what was wider than that is too noisy to tell.',
  'evaluate.absent.noAcceptedSamples':
    'There are no candidates that nobody rejected: only pretraining on painted defects can be measured.',
  'evaluate.absent.notGated':
    '{{arm}}: nothing has passed the gate or was accepted, so what was drawn is measured as it is. Score or review the candidates.',
  'evaluate.absent.ungated': 'Ungated samples are measured without pretraining only.',
  'evaluate.absent.nothingToBalance': 'The classes that have samples lack nothing.',
  'evaluate.absent.noClassFreeOfDefects':
    'No class is declared free of defects, so no defects can be painted. Declare it on the Marks tab.',
  'evaluate.absent.tooSmallToPaint': 'Defects cannot be painted on pictures under 16 pixels.',
  'evaluate.export.none': 'Real',
  'evaluate.export.noneHelp': 'No synthetic images: balance by sampling and augmentation',
  'evaluate.export.notMeasured': 'Whether synthetic images help here was not measured: see Evaluate.',
  'evaluate.export.stale':
    'The verdict is outdated. Changed since: {{what}}. It is not applied; measure again on Evaluate.',
  'evaluate.export.missing':
    'It was measured with {{images}} more, which nobody has accepted. With fewer it may help less: review them, or export what there is.',
  'evaluate.export.asMeasured': 'As many as were measured to help',
  'evaluate.export.recommended': 'Recommended',
  'evaluate.export.followed':
    '{{images}} accepted samples of {{recipe}} at dose {{dose}}, {{measured}} of which it was measured with.',
  'evaluate.export.pretraining': 'With the pretraining set',
  'evaluate.export.pretrainingHelp':
    'Defects painted on good parts, as the verdict used them: {{images}} pictures with masks and instructions in the folder “pretraining”, apart from the classes.',
  'evaluate.export.first': 'Learn from them in the first 60 % of the updates only.',
  'evaluate.absent.quick': 'Left out of the quick measurement.',
  'evaluate.absent.notAsked': 'Not asked for.',
} as const
