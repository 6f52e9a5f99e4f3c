/*
 * One job at a time, in memory every thread shares. Threads claim numbered tasks until none is left, so that a late or busy
 * thread only means that others do more. What a task computes never depends on who computes it.
 *
 * Words of the job block: generation · active threads · next task · task count · kernel · sleeping threads · (2 unused) · arguments.
 */

const GENERATION: usize = 0
const ACTIVE: usize = 4
const NEXT: usize = 8
const COUNT: usize = 12
const KERNEL: usize = 16
const SLEEPING: usize = 20
const ARGUMENTS: usize = 32
const ARGUMENTS_EACH: i32 = 32

/** No task has a number this high: a thread that claims it finds the job closed. */
const CLOSED: i32 = 0x40000000

/** Looks before sleeping: one or two hundred microseconds, more than the usual gap between two jobs of a training step. */
const LOOKS: i32 = 200000
const PAUSE_NANOSECONDS: i64 = 50000

let job: usize = 0
let scratch: usize = 0

/** @param own memory of this thread alone: see `scratchBytes` */
export function attach(block: usize, own: usize): void {
  job = block
  scratch = own
}

export function ownScratch(): usize {
  return scratch
}

export function argument(index: i32): i32 {
  return load<i32>(job + ARGUMENTS + ((<usize>index) << 2))
}

export function pointerArgument(index: i32): usize {
  return <usize>load<u32>(job + ARGUMENTS + ((<usize>index) << 2))
}

export function floatArgument(index: i32): f32 {
  return load<f32>(job + ARGUMENTS + ((<usize>index) << 2))
}

/** Arguments of one of several like pieces of a job, `ARGUMENTS_EACH` words a piece. */
export function argumentOf(piece: i32, index: i32): i32 {
  return load<i32>(job + ARGUMENTS + ((<usize>(piece * ARGUMENTS_EACH + index)) << 2))
}

export function pointerOf(piece: i32, index: i32): usize {
  return <usize>load<u32>(job + ARGUMENTS + ((<usize>(piece * ARGUMENTS_EACH + index)) << 2))
}

export function currentKernel(): i32 {
  return load<i32>(job + KERNEL)
}

/** Next task of the open job, or -1. */
export function claim(): i32 {
  const task = atomic.add<i32>(job + NEXT, 1)
  return task < load<i32>(job + COUNT) ? task : -1
}

export function enter(): void {
  atomic.add<i32>(job + ACTIVE, 1)
}

export function leave(): void {
  atomic.sub<i32>(job + ACTIVE, 1)
}

/** Opens the job whose kernel and arguments the caller has written; the last store lets threads in. */
export function open(kernel: i32, count: i32, wake: i32): void {
  store<i32>(job + KERNEL, kernel)
  store<i32>(job + COUNT, count)
  atomic.store<i32>(job + NEXT, 0)
  if (wake > 0) {
    atomic.add<i32>(job + GENERATION, 1)
    // A call for those who look anyway would cost as much as a small job. Who falls asleep just now sees the generation.
    if (atomic.load<i32>(job + SLEEPING) > 0) atomic.notify(job + GENERATION, wake)
  }
}

/** Shuts the job and waits until no thread is inside. */
export function close(): void {
  atomic.store<i32>(job + NEXT, CLOSED)
  for (let look = 0; look < LOOKS; look++) if (atomic.load<i32>(job + ACTIVE) == 0) return
  // The last thread was interrupted by other programs: give it the processor.
  for (let active = atomic.load<i32>(job + ACTIVE); active != 0; active = atomic.load<i32>(job + ACTIVE)) {
    atomic.wait<i32>(job + ACTIVE, active, PAUSE_NANOSECONDS)
  }
}

/** Sleeps until the generation differs from `seen`; returns it. */
export function waitForJob(seen: i32): i32 {
  for (let look = 0; look < LOOKS; look++) {
    const generation = atomic.load<i32>(job + GENERATION)
    if (generation != seen) return generation
  }
  atomic.add<i32>(job + SLEEPING, 1)
  atomic.wait<i32>(job + GENERATION, seen, -1)
  atomic.sub<i32>(job + SLEEPING, 1)
  return atomic.load<i32>(job + GENERATION)
}
