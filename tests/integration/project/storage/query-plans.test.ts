import { expect, test } from 'vitest'
import { connect } from '../../../../native-worker/project/storage/connect.ts'
import { migrate } from '../../../../native-worker/project/storage/migrate.ts'

const db = connect(':memory:', { sqliteBinding: null, mustExist: false })
migrate(db)

const planOf = (sql: string): string =>
  (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map((row) => row.detail).join('\n')

test.each([
  [
    'the grid of a class',
    `SELECT id FROM images WHERE class_id = 1 AND state = 'active' ORDER BY id LIMIT 9 OFFSET 9`,
    'images_by_class',
  ],
  ['is this picture known', `SELECT id FROM images WHERE sha256 = 'x'`, 'sqlite_autoindex_images'],
  [
    'samples of a class and state',
    `SELECT id FROM samples WHERE class_id = 1 AND state = 'pending' ORDER BY id LIMIT 9`,
    'samples_by_class',
  ],
  ['samples of a state', `SELECT id FROM samples WHERE state = 'pending' ORDER BY id LIMIT 9`, 'samples_by_state'],
  [
    'samples of a run, class and state',
    `SELECT id FROM samples WHERE run_id = 1 AND class_id = 1 AND state = 'pending' ORDER BY id`,
    'samples_by_run',
  ],
  [
    'count of a class',
    `SELECT COUNT(*) FROM samples WHERE class_id = 1 AND state = 'accepted'`,
    'COVERING INDEX samples_by_class',
  ],
  [
    'the newest checkpoint',
    'SELECT step FROM checkpoints WHERE run_id = 1 ORDER BY step DESC LIMIT 1',
    'sqlite_autoindex_checkpoints',
  ],
  ['curves of a run', 'SELECT DISTINCT step FROM metrics WHERE run_id = 1', 'PRIMARY KEY (run_id=?)'],
  [
    'last decision of an inspector',
    'SELECT id FROM decisions WHERE inspector_id = 1 ORDER BY id DESC LIMIT 1',
    'decisions_by_inspector',
  ],
  [
    'decisions on a sample',
    'SELECT id FROM decisions WHERE sample_id = 1 ORDER BY id DESC LIMIT 1',
    'decisions_by_sample',
  ],
  ['was this decision undone', 'SELECT 1 FROM decisions WHERE undoes = 1', 'decisions_undone'],
])('%s is found by its index', (_, sql, index) => {
  const plan = planOf(sql)
  expect(plan).toContain(index)
  expect(plan).not.toMatch(/SCAN|TEMP B-TREE FOR ORDER/)
})
