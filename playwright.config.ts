import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // One window at a time: they share two cores and one screen.
  workers: 1,
  fullyParallel: false,
  // A flaky test is a bug.
  retries: 0,
  forbidOnly: true,
  // Ceilings, not waits: every test goes on as soon as the state it waits for is there. A machine whose cores are all
  // taken by others needs minutes for what takes seconds.
  timeout: 600_000,
  expect: { timeout: 90_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ?? '.cache/reports/playwright.json' }],
  ],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
})
