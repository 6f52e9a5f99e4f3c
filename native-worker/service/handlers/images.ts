import type { ChangeOutcome } from '../../../contract/changes.ts'
import { excludeImages, relabelImages, restoreImages } from '../../project/dataset/changes/change-images.ts'
import { findLearners } from '../../project/dataset/changes/find-learners.ts'
import { boxesOfImage } from '../../project/marks/boxes-of-image.ts'
import { describeImages, findImages, orderImages } from '../../project/storage/image-order.ts'
import type { Db } from '../../project/storage/query.ts'
import { makeChange } from '../make-change.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export function imageHandlers(context: ServiceContext): Handlers<VerbsOf<'images'>> {
  const { project } = context
  const change = (work: (db: Db) => ChangeOutcome): ChangeOutcome => makeChange(context, work)
  return {
    'images.order': (input) => orderImages(project.require().db, input),
    'images.describe': ({ ids }) => describeImages(project.require().db, ids),
    'images.find': ({ paths }) => findImages(project.require().db, paths),
    'images.boxes': ({ id }) => boxesOfImage(project.require().db, id),
    'images.learnedBy': ({ ids }) => findLearners(project.require(), ids),
    'images.relabel': (input) => change((db) => relabelImages(db, input)),
    'images.exclude': (input) => change((db) => excludeImages(db, input)),
    'images.restore': (input) => change((db) => restoreImages(db, input)),
  }
}
