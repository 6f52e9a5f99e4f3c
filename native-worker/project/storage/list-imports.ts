import type { ImportSummary } from '../../../contract/dataset-images.ts'
import { selectAll } from './query.ts'
import type { Db } from './query.ts'

/** Newest first. */
export const listImports = (db: Db): ImportSummary[] =>
  selectAll<Omit<ImportSummary, 'classes'> & { readonly classes: string }>(
    db,
    `SELECT m.id, m.folder, m.started_at AS startedAt,
            (SELECT COUNT(*) FROM images i WHERE i.import_id = m.id AND i.state = 'active') AS active,
            (SELECT COUNT(*) FROM images i WHERE i.import_id = m.id AND i.state = 'excluded') AS excluded,
            (SELECT json_group_array(name) FROM (
               SELECT DISTINCT c.imported_name AS name FROM images i JOIN classes c ON c.id = i.imported_class_id
               WHERE i.import_id = m.id ORDER BY name
             )) AS classes
     FROM imports m ORDER BY m.id DESC`,
  ).map((row) => ({ ...row, classes: JSON.parse(row.classes) as readonly string[] }))
