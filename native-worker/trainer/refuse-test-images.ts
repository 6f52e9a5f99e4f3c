import { hash } from 'node:crypto'
import { FlawsmithError } from '../../contract/errors.ts'
import { imageAt, type ImageSet } from './uplift/image-set.ts'

/**
 * A picture that is tested on must be no part of what is learned from or chosen by, wherever it comes from. Compared by the hash of its
 * pixels, so that another name or another file of the same picture is found as well.
 * @throws FlawsmithError `test_image_in_input`
 */
export function refuseTestImages(test: ImageSet, inputs: Readonly<Record<string, ImageSet>>): void {
  const tested = new Set(digestsOf(test))
  for (const [name, set] of Object.entries(inputs)) {
    const found = digestsOf(set).filter((digest) => tested.has(digest)).length
    if (found === 0) continue
    throw new FlawsmithError(
      'test_image_in_input',
      `${found} of the images of “${name}” ${found === 1 ? 'is' : 'are'} in the test split, too, pixel by pixel. A verdict over what was learned by heart says nothing: exclude the copies, and measure again.`,
      { images: found, input: name },
    )
  }
}

function digestsOf(set: ImageSet): readonly string[] {
  const images = set.counts.reduce((sum, count) => sum + count, 0)
  return Array.from({ length: images }, (_, index) => hash('sha256', imageAt(set, index), 'hex'))
}
