/**
 * The part of the AssemblyScript compiler that is called here. Its own declarations bring AssemblyScript's standard
 * library into every file's global scope, where `Array.at` then never gives undefined: tsconfig.base.json maps the
 * package to this file.
 */
export declare function main(
  args: readonly string[],
  files: { readonly writeFile: (name: string, contents: Uint8Array | string) => void },
): Promise<{ readonly error: Error | null; readonly stderr: { toString(): string } }>
