import { runCommandLine } from './run-command-line.ts'

// Somebody who reads only the beginning (`| head`) needs no more; what the command does goes on to its end.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

process.exitCode = await runCommandLine(process.argv.slice(2))
