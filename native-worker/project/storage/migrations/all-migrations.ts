import { first } from './0001-first.ts'
import { pinsAndNotes } from './0002-pins-and-notes.ts'
import { bestAndPlateau } from './0003-best-and-plateau.ts'
import { waitingRuns } from './0004-waiting-runs.ts'
import { runFailures } from './0005-run-failures.ts'
import { checkpointSeconds } from './0006-checkpoint-seconds.ts'
import { typedMetrics } from './0007-typed-metrics.ts'
import { exportRecords } from './0008-export-records.ts'
import { theRecord } from './0009-the-record.ts'
import { trainingDataHashes } from './0010-training-data-hashes.ts'
import { projectIdentity } from './0011-project-identity.ts'
import { splits } from './0012-splits.ts'
import { whatIsAndWhatWas } from './0013-what-is-and-what-was.ts'
import { originalsAndPictures } from './0014-originals-and-pictures.ts'
import { frames } from './0015-frames.ts'
import { importLayouts } from './0016-layouts.ts'
import { marks } from './0017-marks.ts'
import { groups } from './0018-groups.ts'
import { runClasses } from './0019-run-classes.ts'
import { boxOrigins } from './0020-box-origins.ts'
import { labelClaims } from './0021-label-claims.ts'
import { sampleMasks } from './0022-sample-masks.ts'
import { scores } from './0023-scores.ts'
import { settledClaims } from './0024-settled-claims.ts'
import { uplift } from './0025-uplift.ts'
import { importProgress } from './0026-import-progress.ts'
import { runOrigins } from './0027-run-origins.ts'
import { runFigures } from './0028-run-figures.ts'
import type { Migration } from './migration.ts'

/** In order, without gaps. A released migration never changes. */
export const allMigrations: readonly Migration[] = [
  first,
  pinsAndNotes,
  bestAndPlateau,
  waitingRuns,
  runFailures,
  checkpointSeconds,
  typedMetrics,
  exportRecords,
  theRecord,
  trainingDataHashes,
  projectIdentity,
  splits,
  whatIsAndWhatWas,
  originalsAndPictures,
  frames,
  importLayouts,
  marks,
  groups,
  runClasses,
  boxOrigins,
  labelClaims,
  sampleMasks,
  scores,
  settledClaims,
  uplift,
  importProgress,
  runOrigins,
  runFigures,
]
