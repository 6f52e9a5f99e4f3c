/**
 * Dawn answers when the event loop turns: it queues a function with `setImmediate` that looks what the card has finished. This
 * keeps hold of that function, so that code which waits inside one turn can have it look at once.
 */
export class DawnTurns {
  readonly #waiting = new Set<() => void>()

  /** From now on. Must be there before Dawn is asked for anything. */
  constructor() {
    const waiting = this.#waiting
    globalThis.setImmediate = new Proxy(globalThis.setImmediate, {
      apply: (target, self, [callback, ...values]: [() => void, ...unknown[]]): unknown => {
        if (values.length > 0 || !isNative(callback)) return Reflect.apply(target, self, [callback, ...values])
        const once = (): void => {
          if (waiting.delete(once)) callback()
        }
        waiting.add(once)
        return Reflect.apply(target, self, [once])
      },
    })
  }

  /** Has Dawn look, again and again, until `isDone`; sleeps in between once an answer takes its time. */
  waitFor(isDone: () => boolean): void {
    for (let looks = 0; !isDone(); looks++) {
      for (const look of [...this.#waiting]) look()
      if (looks > looksWithoutSleep) Atomics.wait(sleeper, 0, 0, sleepMs)
    }
  }
}

const looksWithoutSleep = 100
const sleepMs = 0.05
const sleeper = new Int32Array(new SharedArrayBuffer(4))

/** Made by native code and given no name, as Dawn's are: bound functions have one. */
const isNative = (callback: () => void): boolean =>
  callback.name === '' && /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(callback))
