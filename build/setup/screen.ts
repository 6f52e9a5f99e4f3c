const isSet = (name: string): boolean => (process.env[name] ?? '') !== ''

/** Whether a window can be shown to somebody here. */
export const hasDisplay = (): boolean =>
  process.platform === 'win32' || process.platform === 'darwin' || isSet('DISPLAY') || isSet('WAYLAND_DISPLAY')

/** The same command on a virtual screen where Linux has no real one, or where `always` asks for it. */
export function onScreen(
  command: readonly [string, ...string[]],
  { always = false }: { readonly always?: boolean } = {},
): readonly [string, ...string[]] {
  if (process.platform !== 'linux' || (hasDisplay() && !always)) return command
  return ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', ...command]
}

/** Chromium's sandbox refuses to run as root. */
export const sandboxFlags = (): readonly string[] =>
  process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
