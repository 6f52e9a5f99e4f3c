import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

/** Switches inside the packaged Electron; what a development tool may do, an installed app may not. */
export const fuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  grantFileProtocolExtraPrivileges: false,
} as const

const wire: Readonly<Record<keyof typeof fuses, FuseV1Options>> = {
  runAsNode: FuseV1Options.RunAsNode,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
}

/** Reads the fuses back from an executable. Gives the names of those that are not as they should be. */
export async function findWrongFuses(executable: string): Promise<readonly string[]> {
  const current = await getCurrentFuseWire(executable)
  return (Object.keys(fuses) as (keyof typeof fuses)[]).filter(
    (name) => current[wire[name]] !== (fuses[name] ? FuseState.ENABLE : FuseState.DISABLE),
  )
}
