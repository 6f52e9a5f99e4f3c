/** Starting from a finished run, of this or another project. */
export const enOrigin = {
  'origin.field': 'Start from',
  'origin.help':
    'From made-up surfaces few images and minutes suffice. What a finished run gains, of this or another project, was not measured.',
  'origin.surfaces': 'Made-up surfaces (recommended)',
  'origin.run': 'A finished run of a project',
  'origin.none': 'Nothing: from scratch',
  'origin.project': 'Project',
  'origin.otherProject': 'Another folder…',
  'origin.chooseProject': 'Choose a project',
  'origin.chooseTitle': 'Choose the project whose run to start from',
  'origin.thisProject': '{{name}} (this project)',
  'origin.whichRun': 'Run',
  'origin.reading': 'Reading the project…',
  'origin.noRuns': '“{{project}}” has no run yet. Choose another project.',
  'origin.noneFits': 'No run of “{{project}}” can be started from here. The newest one: {{reason}}',
  'origin.option': 'Run {{run}}: {{classes}}, step {{step}}',
  'origin.optionRefused': 'Run {{run}}: cannot serve here',
  'origin.missing': 'Cannot start: choose the run to start from.',
  'origin.classes': 'Its weights are copied, and its classes replaced by those of this project.',
  'origin.startedFrom': 'Started from',
  'origin.ofRun': 'run {{run}} of “{{project}}”, {{recipe}} of edition {{edition}}, {{size}} px, step {{step}}',
  'origin.ofSurfaces': 'networks that know made-up surfaces',
  'origin.ofNothing': 'nothing',
  'origin.short': 'from run {{run}} of “{{project}}”',
  'origin.hash': 'SHA-256 of its weights',
  'base.differs.recipe':
    'Run {{run}} of “{{project}}” is of {{found}}, and this run is of {{needed}}. Choose a run of {{needed}}.',
  'base.differs.edition':
    'Run {{run}} of “{{project}}” has networks of edition {{found}}, and edition {{needed}} is needed. Train it anew in that project.',
  'base.differs.size':
    'Run {{run}} of “{{project}}” draws {{found}} px, and this project has {{needed}} px. Choose another run, or bring this project to {{found}} px on the Dataset screen.',
  'base.differs.channelsGrey':
    'Run {{run}} of “{{project}}” learned colour images, and this project is grey. Choose a run of a grey project.',
  'base.differs.channelsColour':
    'Run {{run}} of “{{project}}” learned grey images, and this project is in colour. Choose a run of a colour project.',
  'base.differs.status':
    'Run {{run}} of “{{project}}” has not come to its end. Open that project and let it train on, or stop it there.',
  'base.differs.no_checkpoint': 'Run {{run}} of “{{project}}” has no checkpoint. Choose another run.',
  'base.differs.networks':
    'Run {{run}} of “{{project}}” has networks with {{parameter}} {{found}}, and {{needed}} is set here. Set {{found}}, or choose another run.',
  'base.differs.no_run':
    '“{{project}}” has no run of {{needed}}. Train one there to its end, or choose another project.',
} as const
