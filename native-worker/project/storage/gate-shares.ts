import { defaultGateShares, type GateShares } from '../../../contract/scores.ts'
import { execute, selectOne } from './query.ts'
import type { Db } from './query.ts'

export const readGateShares = (db: Db): GateShares =>
  selectOne<GateShares>(db, 'SELECT copy, too_far AS tooFar, disagreement FROM gate_shares WHERE id = 1') ??
  defaultGateShares

export const writeGateShares = (db: Db, shares: GateShares): void =>
  void execute(
    db,
    `INSERT INTO gate_shares (id, copy, too_far, disagreement) VALUES (1, :copy, :tooFar, :disagreement)
     ON CONFLICT (id) DO UPDATE SET copy = :copy, too_far = :tooFar, disagreement = :disagreement`,
    { ...shares },
  )
