import { isMainThread, parentPort } from 'node:worker_threads'
import * as v from 'valibot'
import { ImagesRequest } from '../../contract/images.ts'
import { handleRequest } from './handle-request.ts'
import { runSearchThread } from './near-duplicates/search-thread.ts'

/*
 * Entry of the images child: plain Node, requests and answers as JSON over its IPC channel.
 * It decodes files nobody has checked, away from the process that owns the database. It starts itself again as threads.
 */

if (isMainThread) {
  // Ctrl-C in a terminal reaches the children, too; the service ends them when it is ready.
  process.on('SIGINT', () => undefined)
  process.on('message', (message) => {
    const request = v.parse(ImagesRequest, message)
    void handleRequest(request, (progress) => process.send?.(progress)).then((response) => process.send?.(response))
  })

  // Without its parent nobody waits for an answer.
  process.on('disconnect', () => process.exit(0))
} else if (parentPort !== null) runSearchThread(parentPort)
