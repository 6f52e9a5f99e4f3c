import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // State classes of the window (*.svelte.ts) are tested without a browser.
  plugins: [svelte()],
  cacheDir: '.cache/vite',
  test: {
    include: ['tests/{unit,integration,package}/**/*.test.ts'],
    // Children, native modules and memory figures: a process per file, as in the app.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
})
