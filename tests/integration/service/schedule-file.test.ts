import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { expect, test } from 'vitest'
import { noSchedule } from '../../../contract/schedule.ts'
import { Warnings } from '../../../native-worker/service/warnings.ts'
import { ScheduleFile } from '../../../native-worker/service/schedule/schedule-file.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

test('the rules are kept; a damaged file means no rules and does no harm', () => {
  const dataFolder = join(temporaryFolder(), 'data')
  const log = pino({ level: 'silent' })
  const warnings = new Warnings()
  const file = new ScheduleFile({ dataFolder, log, warnings })
  expect(file.read()).toEqual(noSchedule)
  const rules = { onlyOnMains: true, onlyInHours: true, hours: { from: '22:00', to: '05:30' } }
  file.write(rules)
  expect(new ScheduleFile({ dataFolder, log, warnings }).read()).toEqual(rules)
  writeFileSync(join(dataFolder, 'schedule.json'), '{"onlyOnMains": tr')
  expect(file.read()).toEqual(noSchedule)
})
