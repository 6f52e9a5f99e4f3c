import { FlawsmithError } from '../../contract/errors.ts'

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''

/** Making folders on a read-only disk is reported as a parent that is missing. */
const isRefusedFolder = (thrown: unknown): boolean =>
  codeOf(thrown) === 'ENOENT' && (thrown as NodeJS.ErrnoException).syscall === 'mkdir'

/** Statements are constant and were tried against our own tables: it is the tables that are others. */
const isForeignSchema = (thrown: unknown): boolean =>
  codeOf(thrown) === 'SQLITE_ERROR' && /^no such (table|column): /.test((thrown as Error).message)

/**
 * What the disk or SQLite reports, as an expected failure about `folder`; anything else is given back as it is.
 * SQLite's extended codes start with the plain one (`SQLITE_CORRUPT_INDEX`).
 */
export function asStorageFailure(thrown: unknown, folder: string): unknown {
  if (thrown instanceof FlawsmithError) return thrown
  const code = codeOf(thrown)
  const options = { cause: thrown }
  // SHMSIZE: the index of the write-ahead log could not grow, which nothing but a full disk prevents.
  if (code === 'ENOSPC' || code === 'EDQUOT' || code.startsWith('SQLITE_FULL') || code === 'SQLITE_IOERR_SHMSIZE')
    return new FlawsmithError(
      'disk_full',
      `The disk of ${folder} is full. Free some space, then try again.`,
      { folder },
      options,
    )
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB') || isForeignSchema(thrown))
    return new FlawsmithError(
      'project_corrupt',
      `The database of the project ${folder} is damaged. Restore one of its automatic backups (\`flawsmith backups\`, \`flawsmith restore\`).`,
      { folder },
      options,
    )
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new FlawsmithError(
      'project_in_use',
      `The project ${folder} is open in another Flawsmith. Close it there first.`,
      { folder },
      options,
    )
  if (code.startsWith('SQLITE_IOERR') || code === 'EIO')
    return new FlawsmithError(
      'disk_failed',
      `The disk of ${folder} reports an error. Check the drive and its connection, then try again.`,
      { folder },
      options,
    )
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code.startsWith('SQLITE_PERM') ||
    code === 'EROFS' ||
    code === 'ENOTDIR' ||
    code === 'EACCES' ||
    code === 'EPERM' ||
    isRefusedFolder(thrown)
  )
    return new FlawsmithError(
      'folder_not_writable',
      `Flawsmith cannot write to ${folder}. Change its permissions or choose another folder.`,
      { folder },
      options,
    )
  return thrown
}

/** Runs `work`, turning what the disk or SQLite reports into an expected failure about `folder`. */
export function withStorageFailures<Result>(folder: string, work: () => Result): Result {
  try {
    return work()
  } catch (thrown) {
    throw asStorageFailure(thrown, folder)
  }
}
