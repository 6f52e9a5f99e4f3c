import { resolve } from 'node:path'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { RequestInput, Verb } from '../../../contract/service.ts'
import type { FolderGrant } from '../../../contract/service-process.ts'
import { lies, realPathOf } from '../../files/real-path.ts'

/** Fields of a request that name a folder, or hold one. */
type FolderField = 'folder' | 'except' | 'project' | 'startFrom'
type FolderVerb = { readonly [V in Verb]: FolderField & keyof RequestInput<V> extends never ? never : V }[Verb]

/** What each request does with the folders it names; a new request that names one does not compile until it is here. */
const uses: Readonly<Record<FolderVerb, FolderGrant['use'] | 'name'>> = {
  'projects.create': 'write',
  'projects.createSample': 'write',
  'projects.open': 'read',
  /** Takes it off a list and touches nothing. */
  'projects.forget': 'name',
  'projects.backups': 'read',
  'projects.restore': 'read',
  'dataset.proposeLayouts': 'read',
  'dataset.previewFiles': 'read',
  'dataset.import': 'read',
  'frames.add': 'read',
  'frames.importMasks': 'read',
  'frames.importBoxes': 'read',
  'marks.import': 'read',
  'marks.export': 'write',
  'runs.start': 'read',
  'runs.estimate': 'read',
  'runs.offered': 'read',
  'exports.run': 'write',
  'reports.write': 'write',
  'verify.run': 'read',
}
const isFolderVerb = (verb: Verb): verb is FolderVerb => Object.hasOwn(uses, verb)

/**
 * Which folders the window may name. A page that was taken over can ask for anything; what it asks for is done only in folders that
 * the user has named in a native dialog or dropped, below them, and in those on this machine's own records. The command line, which the
 * user types, is not asked.
 */
export class FolderGrants {
  readonly #onRecord: () => Promise<readonly string[]>
  #grants: readonly FolderGrant[] = []

  /** @param onRecord recent projects and the open project's exports: may be read */
  constructor({ onRecord }: { onRecord: () => Promise<readonly string[]> }) {
    this.#onRecord = onRecord
  }

  add({ folder, use }: FolderGrant): void {
    this.#grants = [...this.#grants, { folder, use }]
  }

  /** @throws FlawsmithError `folder_not_granted` */
  async admit<V extends Verb>(verb: V, input: RequestInput<V>): Promise<void> {
    if (!isFolderVerb(verb) || uses[verb] === 'name') return
    for (const folder of foldersIn(input as NamedFolders)) {
      if (await this.#isGranted(folder, uses[verb])) continue
      throw new FlawsmithError(
        'folder_not_granted',
        `${folder} was not chosen in a dialog. Choose it with the folder button, or drop it on the window.`,
        { folder },
      )
    }
  }

  async #isGranted(folder: string, use: FolderGrant['use'] | 'name'): Promise<boolean> {
    // By name first: nothing that was not named by the user is even looked at, a network share for one.
    const below = this.#grants.filter(
      (grant) => (use === 'read' || grant.use === 'write') && lies(folder, grant.folder),
    )
    if (below.length > 0) {
      const real = realPathOf(resolve(folder))
      if (below.some((grant) => lies(real, realPathOf(resolve(grant.folder))))) return true
    }
    return use === 'read' && (await this.#onRecord()).some((known) => resolve(known) === resolve(folder))
  }
}

type NamedFolders = { readonly [Field in FolderField]?: string | { readonly folder: string } }

const foldersIn = ({ folder, except, project, startFrom }: NamedFolders): readonly string[] =>
  [folder, except, project, startFrom].flatMap((named) => {
    if (named === undefined) return []
    return typeof named === 'string' ? [named] : [named.folder]
  })
