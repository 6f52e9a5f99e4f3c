import { createContext } from 'svelte'
import type { AppState } from './app-state.ts'

/** The one `AppState`, for components deep inside a screen. */
export const [useApp, provideApp] = createContext<AppState>()
