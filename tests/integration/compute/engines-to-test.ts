import type { EngineName } from '../../../contract/engines.ts'

export const testCacheFolder = process.env['FLAWSMITH_CACHE'] ?? `${process.env['HOME'] ?? ''}/.cache/flawsmith`
export const enginesToTest: readonly EngineName[] = ['wasm']
