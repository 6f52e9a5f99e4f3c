import { first } from './0001-first.ts'
import type { Migration } from './migration.ts'

/** In order, without gaps. A released migration never changes. */
export const allMigrations: readonly Migration[] = [first]
