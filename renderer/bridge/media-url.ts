import type { Sha256 } from '../../contract/ids.ts'

/** Address of a stored image: served by main from the open project, by content. */
export const mediaUrl = (sha256: Sha256): string => `media://image/${sha256}`
