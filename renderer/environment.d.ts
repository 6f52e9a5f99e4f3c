/// <reference types="svelte" />
/// <reference types="vite/client" />
import type { ShellBridge } from '../contract/shell.ts'

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly flawsmith: ShellBridge
  }
}
