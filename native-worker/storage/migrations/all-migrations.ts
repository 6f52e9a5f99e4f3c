import { first } from './0001-first.ts'
import { pinsAndNotes } from './0002-pins-and-notes.ts'
import { bestAndPlateau } from './0003-best-and-plateau.ts'
import { runFailures } from './0004-run-failures.ts'
import { checkpointSeconds } from './0005-checkpoint-seconds.ts'
import type { Migration } from './migration.ts'

/** In order, without gaps. A released migration never changes. */
export const allMigrations: readonly Migration[] = [first, pinsAndNotes, bestAndPlateau, runFailures, checkpointSeconds]
