import { runCommand } from '../../native-worker/files/run-command.ts'

/** Opens a database in the runtime that will use the binary; throws with what it printed when that does not work. */
export async function probeSqlite({
  electronPath,
  sqlitePackage,
  binding,
}: {
  readonly electronPath: string
  readonly sqlitePackage: string
  readonly binding: string
}): Promise<void> {
  const script =
    `const Database = require(${JSON.stringify(sqlitePackage)});` +
    `const db = new Database(':memory:', { nativeBinding: ${JSON.stringify(binding)} });` +
    `db.exec("CREATE TABLE t (a TEXT) STRICT; INSERT INTO t VALUES ('ready')");` +
    `console.log(db.prepare('SELECT a FROM t').pluck().get())`
  const { code, stdout, stderr } = await runCommand(electronPath, ['-e', script], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
    timeoutMs: 30_000,
  })
  if (code !== 0 || stdout.trim() !== 'ready') {
    throw new Error(
      `The built better-sqlite3 does not work in ${electronPath}: ${stderr.trim() || `exit code ${code}`}`,
    )
  }
}
