const prebuild = `${process.platform}-${process.arch}`
/** One for both kinds of Mac. */
const dawnBuild = process.platform === 'darwin' ? 'darwin-universal' : prebuild

/** Patterns of what packages hold and the app never reads, for electron-builder: exclusions only, as it takes no others here. */
export const leftOut: readonly string[] = [
  '!node_modules/node-{linux,win,darwin}-*/**',
  '!node_modules/better-sqlite3/{deps,src}/**',
  `!node_modules/better-sqlite3/prebuilds/!(${prebuild}.node)`,
  // Node loads one file of each: the others are the same for browsers and bundlers.
  '!node_modules/@tensorflow/tfjs{,-core,-layers,-converter,-data,-backend-cpu,-backend-webgl,-backend-webgpu}/dist/!(*.node.js)',
  '!node_modules/@tensorflow/tfjs-backend-wasm/dist/!(*.node.js|*.wasm)',
  '!node_modules/webgpu/build/**',
  `!node_modules/webgpu/dist/!(${dawnBuild})/**`,
  '!node_modules/core-js/{bundle,minified}/**',
  '!node_modules/@types/**',
  '!node_modules/@webgpu/types/**',
  '!**/*.{map,ts,mts,cts,flow,tsbuildinfo}',
  '!**/!(*[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*).md',
  '!node_modules/**/{test,tests,__tests__,demo,examples,benchmarks}/**',
]
