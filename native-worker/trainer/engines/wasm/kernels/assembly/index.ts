import { augment, augmentGradient } from './augment'
import { activate, activateGradient, adam, follow } from './elementwise'
import { filterGradient } from './filter-gradient'
import { frame, unframe } from './frame'
import { claim, currentKernel, enter, leave } from './job'
import { modulate, modulateGradient, paint, paintGradient } from './modulate'
import { narrowInputGradient } from './narrow-input-gradient'
import { foldSums, normaliseApply, normaliseGradientApply, normaliseSums } from './normalise'
import { packRightPanels } from './pack-right'
import { multiplyBlock } from './product'
import { copyRows, reduceMiddle } from './reduce'
import { convolveByWindows, transformFilter } from './winograd'

export { attach, close, open, waitForJob } from './job'

/** Works on the open job until no task is left. Returns between jobs, so that the engine can swap in optimised code. */
export function work(): void {
  enter()
  for (let task = claim(); task >= 0; task = claim()) run(currentKernel(), task)
  leave()
}

/** Kernel numbers as kernel-numbers.ts has them. */
function run(kernel: i32, task: i32): void {
  switch (kernel) {
    case 0:
      multiplyBlock(task)
      return
    case 1:
      packRightPanels(task)
      return
    case 2:
      normaliseSums(task)
      return
    case 3:
      foldSums(task)
      return
    case 4:
      normaliseApply(task)
      return
    case 5:
      normaliseGradientApply(task)
      return
    case 6:
      activate(task)
      return
    case 7:
      activateGradient(task)
      return
    case 8:
      adam(task)
      return
    case 9:
      reduceMiddle(task)
      return
    case 10:
      copyRows(task)
      return
    case 11:
      frame(task)
      return
    case 12:
      unframe(task)
      return
    case 13:
      modulate(task)
      return
    case 14:
      modulateGradient(task)
      return
    case 15:
      paint(task)
      return
    case 16:
      paintGradient(task)
      return
    case 17:
      augment(task)
      return
    case 18:
      augmentGradient(task)
      return
    case 19:
      follow(task)
      return
    case 20:
      filterGradient(task)
      return
    case 21:
      narrowInputGradient(task)
      return
    case 22:
      transformFilter(task)
      return
    case 23:
      convolveByWindows(task)
      return
  }
}
