import type { RunStatus } from '../../../contract/training.ts'

export const runTone: Readonly<Record<RunStatus, 'neutral' | 'accent' | 'good' | 'warn' | 'bad'>> = {
  queued: 'neutral',
  running: 'accent',
  finished: 'good',
  stopped: 'neutral',
  interrupted: 'warn',
  failed: 'bad',
}
