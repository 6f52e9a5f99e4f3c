import type { ImportSummary } from '../../../contract/dataset-images.ts'
import { selectAll } from './query.ts'
import type { Db } from './query.ts'

/** Newest first. @param isImporting whether the newest is under way */
export const listImports = (db: Db, { isImporting }: { readonly isImporting: boolean }): ImportSummary[] =>
  selectAll<Omit<ImportSummary, 'classes'> & { readonly classes: string }>(
    db,
    `SELECT m.id, m.folder, m.started_at AS startedAt, m.files, m.files_done AS filesDone,
            CASE WHEN m.report IS NOT NULL THEN 'finished'
                 WHEN m.finished_at IS NOT NULL THEN 'cancelled'
                 WHEN :isImporting = 1 AND m.id = (SELECT MAX(id) FROM imports) THEN 'running'
                 WHEN EXISTS (SELECT 1 FROM imports l WHERE l.folder = m.folder AND l.id > m.id AND l.report IS NOT NULL)
                 THEN 'completed' ELSE 'interrupted' END AS state,
            (SELECT COUNT(*) FROM images i WHERE i.import_id = m.id AND i.state = 'active') AS active,
            (SELECT COUNT(*) FROM images i WHERE i.import_id = m.id AND i.state = 'excluded') AS excluded,
            (SELECT json_group_array(name) FROM (
               SELECT DISTINCT c.imported_name AS name FROM images i JOIN classes c ON c.id = i.imported_class_id
               WHERE i.import_id = m.id ORDER BY name
             )) AS classes
     FROM imports m ORDER BY m.id DESC`,
    { isImporting: isImporting ? 1 : 0 },
  ).map((row) => ({ ...row, classes: JSON.parse(row.classes) as readonly string[] }))
