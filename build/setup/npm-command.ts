/** How to start npm: through the running npm's own script where there is one, since `npm` is a batch file on Windows. */
export function npmCommand(): { readonly command: string; readonly prefix: readonly string[] } {
  const script = process.env['npm_execpath']
  return script?.endsWith('.js') === true
    ? { command: process.execPath, prefix: [script] }
    : { command: 'npm', prefix: [] }
}
