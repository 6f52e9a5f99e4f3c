import type { Sha256 } from '../../contract/ids.ts'

/** Address of a stored image: served by main from the open project, by content. */
export const mediaUrl = (sha256: Sha256): string => `media://image/${sha256}`

/** Address of a part of a frame, or of a patch that is not cut yet: made for looking, by content. */
export const framePictureUrl = (sha256: Sha256): string => `media://frame/${sha256}`
