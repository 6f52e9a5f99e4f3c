import type { ServiceProcess } from '../service/service-process.ts'
import type { SessionFile } from './session-file.ts'

/**
 * The project to open again at this start. It is forgotten until it has opened: one that cannot be opened, or that ends the service,
 * is tried once and not at every start.
 */
export function rememberProject({ service, file }: { service: ServiceProcess; file: SessionFile }): string | null {
  const { project } = file.session
  if (project !== null) file.update({ project: null })
  service.onMessage((message) => {
    if (message.kind === 'projectChanged') file.update({ project: message.folder })
  })
  return project
}
