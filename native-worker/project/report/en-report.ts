import { recipeName } from '../../../contract/recipe-names.ts'
import type { RunOrigin } from '../../../contract/run-origin.ts'
import { count, points, things } from './figures.ts'

/** What a report says, in English. `zh-report.ts` says the same. */
export const enReport = {
  title: 'Evaluation report',
  notMeasured: 'not measured',
  none: 'none',
  unknown: 'not recorded',
  writtenAt: (title: string, { at, version }: { readonly at: string; readonly version: string }): string =>
    `${title}, written ${at} by Flawsmith ${version}`,

  verdict: {
    title: 'Verdict',
    heading: 'Not measured.',
    howTo:
      'Whether synthetic images help here has not been measured, so nothing is recommended. Measure it on the Evaluate screen (Ctrl+5) or with “flawsmith uplift”: quick takes up to 5 minutes, full up to 45.',
    impossible: 'For that at least two classes need images in the train and in the test split.',
    stale: (changes: string): string =>
      `${changes} The verdict holds for what it was measured on, and recommends nothing now. Measure again (quick up to 5 minutes, full up to 45).`,
    recommended: (way: string, dose: string): string => `Recommended for the export: ${way}${dose}.`,
    recommendedNone: 'Recommended for the export: no synthetic images; balance by sampling and augmentation.',
    nearCeiling: 'The reference is near its ceiling: there is little to gain here.',
    unjudged: (classes: string): string => `Nothing can be said of ${classes}: there is no test image.`,
    quick: 'Measured quickly, with a smaller network, fewer repeats and fewer ways than in full.',
  },
  findings: {
    helps: 'helps',
    noEvidence: 'no evidence',
    tooNoisy: 'too noisy to tell',
    hurts: 'hurts',
    notMeasured: 'not measured',
  },

  data: {
    title: 'Data',
    facts: (size: number, isGrey: boolean): string =>
      `Pictures of ${size} × ${size} pixels, ${isGrey ? 'grey' : 'colour'}, made from the imported files.`,
    class: 'Class',
    images: 'Images',
    parts: 'About parts',
    trainParts: 'Of these, to train',
    excluded: 'Excluded',
    sizes: 'Sizes of the files, pixels',
    notes: 'Notes',
    freeOfDefects: 'free of defects',
    leftOut: 'left out of training and export',
    compared: (day: string, threshold: number): string =>
      `Images of the same part count once (compared ${day}; the same from a correlation of ${threshold}). So many independent things there are to learn from and to judge by.`,
    unsearched: (images: number): string =>
      `${things(images, 'image')} came later and ${images === 1 ? 'counts' : 'count'} as a part each.`,
    notCompared: 'Images were never compared with each other: how many different parts they show is not measured.',
    imbalance: (ratio: number): string =>
      `The largest class trains on ${points(ratio)} times as many images as the smallest.`,
    imported: 'Imported',
    folder: 'From',
    inUse: 'In use',
    state: 'State',
    states: {
      running: 'under way',
      finished: 'whole',
      cancelled: 'cancelled',
      interrupted: 'cut off',
      completed: 'cut off, completed later',
    },
    noImports: 'How the images came is not recorded.',
  },

  splits: {
    title: 'Splits',
    train: 'Train',
    val: 'Validation',
    test: 'Test',
    drawn: (val: string, test: string, seed: number): string =>
      `Drawn by the app: ${val} for validation, ${test} for test, seed ${seed}; images of the same part on one side.`,
    given: (images: number): string => `${things(images, 'image')} came with a split.`,
    locked: (at: string): string => `Locked ${at}: since then no image changes sides.`,
    lockedByRun: (at: string, run: number): string => `Locked ${at} by run ${run}: since then no image changes sides.`,
    undivided: (images: number): string =>
      `${things(images, 'image')} came after that and ${images === 1 ? 'is' : 'are'} in no split until compared with the others.`,
    open: 'Not locked yet: images may still change sides.',
    crossing: (groups: number, images: number): string =>
      `${things(groups, 'part')} (${things(images, 'image')}) ${groups === 1 ? 'lies' : 'lie'} in several splits: figures on validation and test come out too good.`,
  },

  runs: {
    title: 'Recipes and runs',
    none: 'There is no run.',
    run: 'Run',
    recipe: 'Recipe',
    classes: 'Classes',
    size: 'Pixels',
    engine: 'Engine',
    seed: 'Seed',
    steps: 'Steps',
    kept: (steps: number, kept: number): string => `${count(steps)} (${count(kept)} kept)`,
    minutes: 'Minutes',
    learned: 'Learned from',
    base: 'Started from',
    settings: 'Settings',
    state: 'State',
    begun: 'Begun',
    learnedTrain: (images: number): string => `${things(images, 'image')} of the train split`,
    composedTrain: (images: number): string => `composed from ${things(images, 'image')} of the train split`,
    learnedAll: (images: number): string => `${things(images, 'image')} of all splits, test included`,
    excludedSince: (images: number): string => `${count(images)} of them excluded since`,
    randomWeights: 'random weights',
    shippedBase: (hash: string): string =>
      `weights that come with Flawsmith, learned from drawn surfaces, no photograph (SHA-256 ${hash}…)`,
    baseOfRun: ({ run, project, recipe, edition, size, step }: RunOrigin, hash: string): string =>
      `run ${run} of “${project}”: ${recipeName(recipe, 'en')} of edition ${edition}, ${size} px, step ${count(step)} (SHA-256 ${hash}…)`,
    doesNotTrain: 'nothing: it does not train',
    states: {
      queued: 'waits',
      running: 'trains',
      finished: 'finished',
      stopped: 'stopped',
      interrupted: 'interrupted',
      failed: 'failed',
    },
  },

  measured: {
    title: 'What was measured',
    reference: 'Reference',
    referenceIs:
      'Reference: real images only, classes drawn equally often, classical augmentation. Every way uses the same classifier, the same seeds and the same number of updates as the reference (one that first learns painted defects: as many as the reference that learns 2.5 times as long), and is tested on the same real images, which nothing has learned from.',
    tested: (images: number, groups: number): string =>
      `n = ${things(images, 'test image')} of ${things(groups, 'different part')}.`,
    way: 'Way of balancing',
    dose: 'Dose',
    used: 'Synthetic images',
    macroF1: 'Macro-F1',
    difference: 'Difference',
    interval: '95 % interval',
    lane: 'Below 0 worse, above 0 better',
    finding: 'Finding',
    losers: 'Loses over 2 points',
    falseAlarms: 'False alarms',
    ofSeeds: (deviation: string, seeds: number): string =>
      `Over ${things(seeds, 'repeat')} the macro-F1 of the reference has a standard deviation of ${deviation}.`,
    selection:
      'Gated: candidates that passed the gate or that a person accepted. Ungated: all that were drawn and that nobody rejected.',
    foremost: (way: string): string =>
      `${way} did best on the validation images, before a test image was seen: half of the 5 % that the intervals may miss is its own, the other ways share the rest.`,
    severalWays: (ways: number): string =>
      `${things(ways, 'way')} of balancing were compared on these images: the intervals are wide enough to hold for all of them at once, so that the best of many is not the best by luck.`,
    nothingElse: 'No other way of balancing was measured.',
    anySamples: 'synthetic samples',
    notMeasuredWays: 'Not measured',
    why: 'Why',
    doses: 'Doses',
    dosesHelp: (images: number): string =>
      `Chosen on ${things(images, 'validation image')}, never on the test. Dose 1 makes every class as large as the largest; 0 is the reference. Points of macro-F1 against the reference, with the 95 % interval of a bootstrap over these images.`,
    noDoses: 'A dose curve was not measured: there was no choice between doses.',
    mixes: { mixed: 'mixed in', first: 'first, then real images only' },
    doseAxis: 'dose',
    pointsAxis: 'points of macro-F1',
    classes: 'Class by class',
    classesOf: (way: string): string => `The reference against: ${way}. Recall in percent.`,
    train: 'Train',
    validation: 'Validation',
    test: 'Test',
    oneImage: 'One test image is',
    pointsOf: (value: string): string => `${value} points`,
    recall: 'Reference',
    recallWith: 'With this way',
    noTest: 'no test image',
    confusions: 'What is taken for what',
    confusionsHelp: (seeds: number): string =>
      `Test images, mean of ${things(seeds, 'repeat')}. Rows: what they are. Columns: what they are taken for.`,
    is: 'Is',
    falseAlarmsOf: (before: string, after: string, images: number): string =>
      `False alarms on good parts (n = ${things(images, 'test image')}): ${before} with the reference, ${after} with this way.`,
    noGoodClass: 'False alarms: not measured, since no class is declared free of defects.',
    protocol: 'Protocol',
    mode: 'Measurement',
    modes: { quick: 'quick', full: 'full' },
    measuredAt: 'Measured',
    measuredIn: (at: string, minutes: string): string => `${at}, took ${minutes} minutes`,
    seeds: 'Paired repeats',
    seedList: (repeats: number, seeds: string): string => `${repeats}, seeds ${seeds}`,
    updates: 'Updates of every way',
    plateau: 'Plateau of the reference',
    plateauReached: 'reached: more updates no longer made it better',
    plateauNotReached: 'not shown: more updates might make it better',
    twice: (updates: number, once: string, longer: string): string =>
      `${count(updates)}; macro-F1 ${once} with these, ${longer} with 2.5 times as many; the better one counts`,
    classifier: 'Classifier',
    classifierIs: (edge: number, engine: string): string =>
      `small residual network at ${edge} × ${edge} pixels, engine ${engine}`,
    augmentation: 'Augmentation of every way',
    augmentationIs:
      'mirrored, turned by up to 10°, scaled by 15 %, shifted by 8 % of the edge, other contrast and brightness; the same in all ways',
    intervals: 'Intervals',
    intervalsAre:
      'the wider of two: Nadeau–Bengio corrected resampled t over the repeats, and a bootstrap of the test images by parts; both have to agree. Cut off where no score is possible; what was wider than that is too noisy to tell',
    rule: 'Helps',
    ruleIs:
      'only if the whole interval lies above 0 and no class loses more than 2 points of recall; hurts if it lies below 0; else no evidence',
    inputs: 'SHA-256 of all that went in',
  },
  absences: {
    noAcceptedSamples: 'nobody has drawn a sample of the size of the project, or all were rejected',
    notGated: 'none of its samples passed the gate or was accepted by a person',
    ungated: 'its samples as they were drawn are measured without pretraining only',
    nothingToBalance: 'the classes that have samples lack nothing',
    noClassFreeOfDefects: 'no class is declared free of defects',
    tooSmallToPaint: 'defects cannot be painted on pictures under 16 pixels',
    quick: 'left out of the quick measurement',
    notAsked: 'not asked for',
  },

  scores: {
    title: 'Scores and the gate',
    notScored:
      'No candidate has been scored: distances, copies and class agreement are not measured. Score them with “flawsmith score”.',
    noCandidates: 'There is no candidate.',
    scored: (scored: number, unscored: number): string =>
      `Candidates with scores: ${count(scored)}; without: ${count(unscored)}.`,
    reference: (at: string, train: number, val: number, folds: number): string =>
      `Compared ${at} with ${things(train, 'train image')}; limits checked with ${things(val, 'validation image')}; networks of ${things(folds, 'fold')}.`,
    accuracy: (share: string): string =>
      `These networks call ${share} of the train images they did not see by their class.`,
    oneClass: 'Class agreement is not measured: there is one class.',
    outdated: 'The images have changed since: these scores are of the images as they were.',
    runs: 'Runs against real images',
    runsHelp:
      'Area under the curve: how well real and synthetic images can be told apart, 0.5 not at all, 1 always; beside it what halves of the real images give. Coverage: share of real images that some sample resembles. Distance: kernel distance of features. Each beside what real images give in their place.',
    run: 'Run',
    class: 'Class',
    auc: 'Told apart (AUC)',
    coverage: 'Coverage',
    distance: 'Distance',
    realGive: 'real give',
    n: 'n real / synthetic',
    allClasses: 'all',
    gate: 'Held back by the gate',
    gateHelp: (copy: string, tooFar: string, disagreement: string): string =>
      `Limits are quantiles of what real images of different parts say of each other: ${copy} for copies, ${tooFar} for too far, ${disagreement} for class agreement. What is held back is not deleted. On the right: how many held-out real images the same limits would hold back.`,
    off: 'off',
    open: 'Undecided',
    flagged: 'Held back',
    copy: 'Copies',
    too_far: 'Too far',
    class_disagrees: 'Other class',
    released: 'Let in by a person',
    heldOut: 'Real images flagged',
    heldOutOf: (flagged: number, images: number, percent: string): string =>
      `${count(flagged)} of ${count(images)} (${percent})`,
    sources: { val: ' of validation', folds: ' of train, fold by fold' },
    limits: 'Limits',
    limitsHelp:
      'n: real images that a limit comes from; under 30 of a class, those of all classes; under 30 in all, no limit is meaningful.',
    limitNames: {
      copyImage: 'copy: picture below',
      copyDomain: 'and class features below',
      copyRandom: 'or texture features below',
      farDomain: 'too far: class features above',
      farRandom: 'or texture features above',
      agreement: 'class agreement below',
    },
    limitOf: (value: string, images: number, isOwn: boolean): string =>
      `${value} (n = ${count(images)}${isOwn ? '' : ', all classes'})`,
    notMeaningful: (images: number, needed: number): string => `not meaningful at n = ${images} (${needed} needed)`,
  },

  decisions: {
    title: 'Decisions',
    none: 'No candidate has been decided on.',
    total: (accepted: number, rejected: number): string =>
      `${count(accepted)} accepted, ${count(rejected)} rejected, as decided last. Every decision is in the record.`,
    by: 'By',
    decision: 'Decision',
    accepted: 'accepted',
    rejected: 'rejected',
    reason: 'Reason',
    samples: 'Candidates',
    first: 'First',
    last: 'Last',
    overrides: {
      released: (by: string, candidates: number): string =>
        `${by} let ${things(candidates, 'candidate')} into the queue that the gate held back.`,
      accepted: (by: string, candidates: number): string =>
        `${by} accepted ${things(candidates, 'candidate')} that the gate held back.`,
    },
    strip: 'Accepted, beside the nearest real image',
    stripHelp:
      'Left the accepted sample, right the real train image of its class that is nearest. Distance: 0 the same picture, about 1.4 nothing in common.',
    shown: (shown: number, accepted: number): string => `${shown} of ${count(accepted)} accepted are shown.`,
    run: (run: number): string => `run ${run}`,
    real: (image: number): string => `image ${image}`,
    distance: (value: string): string => `distance ${value}`,
    noPicture: 'picture missing',
    noNearest: 'nearest not measured',
  },
  reasons: {
    unspecified: 'no reason given',
    defect_absent: 'defect absent',
    wrong_class: 'wrong class',
    artefact: 'artefact',
    copy: 'copy',
    background_broken: 'background broken',
  },

  limits: {
    title: 'Limits and known weaknesses',
    smallTest: (name: string, images: number, value: string): string =>
      `“${name}” has ${things(images, 'test image')}: one image more or less is ${value} points of its recall.`,
    severalWays: (ways: number): string =>
      `${ways} ways were compared. Their intervals are not corrected for that: the best of several looks better than it is.`,
    oneProject:
      'It holds for these images, this classifier and this test split; another camera, light or material was not measured.',
    otherClassifier: 'A larger or pretrained classifier was not measured; it may gain more or less.',
    fewParts: (name: string, parts: number): string =>
      `“${name}” trains on about ${things(parts, 'different part')}: what is not shown there, nothing here can know.`,
    notCompared: 'The images were never compared for near-duplicates: the same part may be in train and test.',
    noGate: 'No candidate has scores: copies of train images among the accepted would not be seen here.',
    gateSmall: (name: string, images: number): string =>
      `“${name}” has ${things(images, 'train image')} with scores: its limits come from all classes together, or are not meaningful.`,
    stale: (changes: string): string => `The verdict is not about the project as it is now. ${changes}`,
    notMeasured: 'Whether synthetic images help was not measured.',
    learnedAll: (runs: string): string => `Run ${runs} learned from all splits: its samples have seen the test images.`,
    notRead:
      'What this does not say: that the parts are safe, that a threshold is met, or that a standard is complied with.',
    doses: 'Doses were chosen on one or two repeats: the curve shows a tendency and no more.',
  },

  record: {
    title: 'Versions and record',
    entries: 'Entries of the record',
    last: 'Last entry',
    hash: 'Hash of the last entry',
    flawsmith: 'Flawsmith',
    versionsOf: (run: number): string => `Run ${run}`,
    versionsOfVerdict: 'Engine of the verdict',
    explain:
      'Everything in the record (classes, images, runs, samples, decisions, verdicts, exports) holds the hash of the entry before it. With the two figures below anybody can check later that the record up to here is still the same:',
    command: (length: number, hash: string): string => `flawsmith verify <project> --length ${length} --head ${hash}`,
    cannot: 'It does not show who wrote it.',
  },
}

export type ReportTexts = typeof enReport
