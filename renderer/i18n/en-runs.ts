/** A run after its start: pausing, health, checkpoints, note, comparison. */
export const enRuns = {
  'run.paused': 'paused',
  'estimate.label': 'Estimate of this run',
  'estimate.measuring': 'Measuring some training steps on this workstation…',
  'estimate.steps': 'About {{steps}} steps in {{time}}',
  'estimate.time': 'About {{time}} for {{steps}} steps',
  'estimate.figures':
    '{{ms}} ms per step on {{engine}}, {{memory}} of memory, {{checkpoint}} per checkpoint (measured here at {{time}}).',
  'estimate.help': 'The median of some training steps. Pictures, measurements and checkpoints come on top.',
  'estimate.doesNotFit':
    'It does not fit: {{free}} of memory are free, and a run ends when less than {{least}} are left. Close other programs, or choose a smaller batch.',
  'estimate.busyRun': 'Not measured while run {{run}} trains: both would be slower.',
  'estimate.busyJob': 'Not measured while this runs: {{job}}. It would give wrong figures.',
  'estimate.untrained': 'No training: done in seconds.',
  'estimate.slow': 'Not one step was over in {{time}} on {{engine}}. Choose another engine or a smaller batch.',
  'estimate.notPossible': 'No estimate',
  'train.startUntrained': 'Start',
  'film.composed': 'Samples composed from real images',
  'film.composing': 'Samples are composed from the real images; this takes seconds.',
  'train.pause': 'Pause',
  'train.pauseHelp': 'Ends after the current step with a checkpoint. Resume goes on from there.',
  'train.extend': 'Continue training…',
  'train.more': 'More about this run',
  'train.paused': 'This run is paused. Resume continues from its last checkpoint, as if it had never stopped.',
  'train.waiting': 'This run waits for run {{run}} to end, then starts by itself.',
  'train.died':
    'The training process ended unexpectedly. Resume goes on from the last checkpoint; a smaller batch needs less memory.',
  'chart.step': 'step {{step}}',
  'chart.classes': 'Diversity by class',
  'health.title': 'Health of this run',
  'health.light.losses': 'Losses',
  'health.light.balance': 'Balance',
  'health.light.variety': 'Variety',
  'health.tone.unknown': 'not known yet',
  'health.tone.good': 'good',
  'health.tone.warn': 'watch this',
  'health.tone.bad': 'act on this',
  'health.lossesEarly': 'Too early to judge the losses.',
  'health.lossesFine': 'Losses are finite and steady. They do not say what the samples look like.',
  'health.lossesLarge':
    'Losses are growing fast and may soon diverge. Pause, and continue from an earlier checkpoint if the samples got worse.',
  'health.lossesLost':
    'Losses are no longer numbers. Continue from an earlier checkpoint, or start anew with a lower learning rate.',
  'health.lossesRolledBack_one':
    'Training left the rails at step {{step}}{{cause}}, went back to step {{toStep}} and on with gentler settings. Look whether the samples got better since; if not, start anew with a lower learning rate.',
  'health.lossesRolledBack_other':
    'Training left the rails {{count, number}} times, last at step {{step}}{{cause}}, and went back (to step {{toStep}}) and on with gentler settings. Start anew with a lower learning rate if the samples do not get better.',
  'health.causeValue': ' ({{name}} was {{value}})',
  'health.causeNotFinite': ' ({{name}} was no longer a finite number)',
  'health.balanceEarly': 'Too early to judge the balance of the two networks.',
  'health.balanceFine': 'Generator and discriminator are in balance. That does not say what the samples look like.',
  'health.discriminatorAhead':
    'The discriminator tells nearly all samples apart. If they no longer improve, use the recommended method or more images.',
  'health.discriminatorWon':
    'The discriminator has won: the generator learns nothing more. Pause, and use the recommended method or more images.',
  'health.discriminatorBlind':
    'The discriminator cannot tell samples from real images. Fine if they look right; if not, start anew with another seed.',
  'health.varietyEarly': 'Variety is not known yet: it is measured every half minute and needs a few measurements.',
  'health.varietyFine':
    'Least varied is {{name}}: {{share}} of the variety of the real images. Garbage varies, too: see likeness.',
  'health.classThin':
    'Samples of {{name}} have {{share}} of the variety of the real images. Continue training, and review them for near-copies.',
  'health.classCollapsed':
    '{{name}} has collapsed: {{share}} of the variety of the real images. Generate from an earlier checkpoint, or use the recommended method.',
  'health.coverageFallen':
    'Coverage fell to {{share}} of its best (step {{step}}): the generator is collapsing. Continue or generate from a checkpoint near that step.',
  'checkpoint.title': 'Checkpoints',
  'checkpoint.none': 'No checkpoint yet. The first one is written after half a minute of training.',
  'checkpoint.pinStep': 'Keep the checkpoint of step {{step}}',
  'checkpoint.pinHelp': 'A kept checkpoint is never cleared; of the others only the newest stay.',
  'checkpoint.continue': 'Continue from here',
  'checkpoint.continueStep': 'Continue from here, step {{step}}',
  'checkpoint.generate': 'Generate from here',
  'checkpoint.generateStep': 'Generate from here, step {{step}}',
  'continue.title': 'Continue training run {{run}}',
  'continue.from': 'It continues from its checkpoint at step {{step}}.',
  'continue.drops':
    'Its curves, snapshots and checkpoints after step {{step}} are dropped, except checkpoints you keep. Candidates already generated stay.',
  'continue.minutes': 'Minutes to add',
  'continue.steps': 'Steps to add',
  'continue.action': 'Continue training',
  'note.title': 'Note',
  'note.label': 'Note on this run',
  'note.placeholder': 'What you tried, what you saw. Saved when you leave the field.',
  'note.has': 'Has a note',
  'compare.choose': 'Compare with…',
  'compare.stop': 'Stop comparing',
  'compare.title': 'Run {{run}} beside run {{other}}',
  'compare.measure': 'Measure',
} as const
