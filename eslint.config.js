import { defineConfig } from 'eslint/config'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import { configs, parser } from 'typescript-eslint'

/** The raw channels are wrapped once: see electron/ipc. */
const rawIpc = {
  selector: 'ImportSpecifier[imported.name=/^ipc(Main|Renderer)$/]',
  message: 'Only electron/ipc and the preload script touch the raw channels.',
}
const defaultExport = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }
const enumeration = { selector: 'TSEnumDeclaration', message: 'A union of strings: enums are not erasable.' }
/*
 * A project may come from anybody. Its places come from files/project-paths.ts and its files from files/, where each path is checked;
 * elsewhere no path is made by joining a name to one of its folders, and only those read or write files who are named below.
 */
const joinedProjectPath = {
  selector:
    ':matches(CallExpression[callee.name=/^(join|resolve)$/] > :matches(' +
    'CallExpression.arguments[callee.name=/^(images|incoming|runs?|backups)Folder$/], ' +
    'Identifier.arguments[name=/^(images|incoming|runs?|backups)Folder$/], ' +
    'MemberExpression.arguments[property.name=/^#?(images|incoming|runs?|backups)Folder$/], ' +
    'MemberExpression.arguments[property.name="folder"][object.name=/roject$/], ' +
    'MemberExpression.arguments[property.name="folder"][object.property.name=/roject$/]))',
  message: 'Paths in a project come from files/project-paths.ts or resolveInside, which check them.',
}
const fileAccess = {
  paths: ['fs', 'fs/promises', 'node:fs', 'node:fs/promises'].map((name) => ({
    name,
    message: 'Read, write and remove what lies in a project through native-worker/files, which checks every path.',
  })),
}
/** Whose own files or the user's chosen folders these modules read and write. */
const fileOwners = [
  // The one place for the files of a project.
  'native-worker/files/**',
  // The database, which SQLite opens by its path.
  'native-worker/project/{create-project,open-project,assert-free-ground,assert-absent}.ts',
  'native-worker/project/storage/{backups,open-database-image,open-project-database,read-database-image,restore-backup}.ts',
  // Class folders and export folders: where the user said. Pictures of the project come by `imageFile`.
  'native-worker/project/dataset/*.ts',
  'native-worker/project/report/{read-report-document,write-report}.ts',
  'native-worker/project/frames/{import-masks,list-frame-files}.ts',
  'native-worker/project/dataset/import/{planned-files,preview-files}.ts',
  'native-worker/project/dataset/layouts/{list-folder,read-export-files}.ts',
  'native-worker/project/export/**/*.ts',
  'native-worker/project/marks/{export-marks,list-mark-files}.ts',
  'native-worker/project/{verify-project,unrecorded-files}.ts',
  // A checkpoint of another project, copied and hashed through `buildWhole`.
  'native-worker/service/runs/copy-origin.ts',
  'native-worker/cli/**/*.ts',
  // The app's own packages, caches and settings.
  'native-worker/trainer/engines/**/*.ts',
  'native-worker/service/children/{compute-runtime,engines}.ts',
  'native-worker/service/{frame-cache,known-projects,log,recent-projects}.ts',
  'native-worker/service/runs/step-book.ts',
  'native-worker/service/printing/electron-printer.ts',
  'native-worker/service/smoke-test/*.ts',
  'native-worker/service/schedule/*.ts',
  // What the system says about the machine.
  'native-worker/trainer/{memory-watchdog,tasks/peak-memory}.ts',
  // Children: the service has resolved what they are given.
  'native-worker/trainer/{adopted-images,batch-stream,checkpoint,image-store,note-image,read-packed}.ts',
  'native-worker/trainer/bases/*.ts',
  'native-worker/images/{content-store,read-source,pack-images,render-pictures,read-masks,read-stored-picture}.ts',
  'native-worker/images/frames/{frame-pixels,keep-frame,prepare-frame,read-frame-header,trim-folder}.ts',
  'native-worker/images/sample-set/*.ts',
  'native-worker/images/near-duplicates/{search-thread,spectra-file}.ts',
]

export default defineConfig(
  {
    ignores: [
      'out/',
      'dist/',
      '.cache/',
      'node_modules/',
      'coverage/',
      'test-results/',
      'tests/fixtures/',
      '**/assembly/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,svelte}'],
    extends: [configs.strictTypeChecked, configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      'no-restricted-syntax': ['error', rawIpc, defaultExport, enumeration],
      'no-empty': ['error', { allowEmptyCatch: false }],
      // What goes wrong may be printed; everything else has the log or the terminal class.
      'no-console': ['error', { allow: ['error'] }],
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowNullish: true },
      ],
      // Short callbacks read better without braces around a call.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Its opposite, `!`, is forbidden already; `as` names the type at least.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // tfjs types most results as any rank: a shape change is asserted where it happens, also where it could be inferred.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // Null and undefined mean different things here; the chained form needs the loose comparison that eqeqeq forbids.
      '@typescript-eslint/prefer-optional-chain': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      // Our objects are closures and take no `this`; the better-sqlite3 ones are never taken apart.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      'no-control-regex': 'error',
      // Environment variables are read in brackets: their names are not ours.
      '@typescript-eslint/dot-notation': 'off',
      // A caller names the row type of its own SQL, once.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  { files: ['**/*.svelte', '**/*.svelte.ts'], extends: [svelte.configs.recommended, svelte.configs.prettier] },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { parser } },
    rules: {
      // State is `$state.raw` and replaced, never changed in place: plain sets and maps are right.
      'svelte/prefer-svelte-reactivity': 'off',
      // Knows the compiler's warnings only partly; svelte-check fails on a real one.
      'svelte/no-unused-svelte-ignore': 'off',
      // In a template the types of snippet parameters and of generic components are `any` to eslint; svelte-check knows them.
      ...Object.fromEntries(
        ['argument', 'assignment', 'call', 'member-access', 'return'].map((use) => [
          `@typescript-eslint/no-unsafe-${use}`,
          'off',
        ]),
      ),
      // `void value` in an effect makes it depend on that value.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
    },
  },
  {
    files: ['native-worker/**/*.ts'],
    ignores: ['native-worker/files/**'],
    rules: { 'no-restricted-syntax': ['error', rawIpc, defaultExport, enumeration, joinedProjectPath] },
  },
  {
    files: ['native-worker/**/*.ts'],
    ignores: fileOwners,
    rules: { 'no-restricted-imports': ['error', fileAccess] },
  },
  {
    files: ['electron/ipc/**/*.ts', 'electron/preload.ts'],
    rules: { 'no-restricted-syntax': ['error', defaultExport, enumeration] },
  },
  {
    // Their tools read a default export.
    files: ['*.config.ts', 'renderer/**/*.d.ts'],
    rules: { 'no-restricted-syntax': ['error', rawIpc, enumeration] },
  },
  {
    // A terminal is their user interface.
    files: ['tests/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: globals.node },
    rules: { 'no-unused-vars': 'error', 'no-undef': 'error', eqeqeq: 'error' },
  },
)
