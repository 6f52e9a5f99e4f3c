import * as v from 'valibot'

/** Row ids of the project database. Branded, so that a run can never be passed where a class is meant. */
const id = <Name extends string>(name: Name) => v.pipe(v.number(), v.integer(), v.minValue(1), v.brand(name))

export const ClassId = id('ClassId')
export type ClassId = v.InferOutput<typeof ClassId>
export const ImageId = id('ImageId')
export type ImageId = v.InferOutput<typeof ImageId>
/** Some images of one call. */
export const ImageIds = v.pipe(v.array(ImageId), v.minLength(1), v.maxLength(1_000_000))
export const RunId = id('RunId')
export type RunId = v.InferOutput<typeof RunId>
export const SampleId = id('SampleId')
export type SampleId = v.InferOutput<typeof SampleId>
export const FrameId = id('FrameId')
export type FrameId = v.InferOutput<typeof FrameId>
export const FrameBoxId = id('FrameBoxId')
export type FrameBoxId = v.InferOutput<typeof FrameBoxId>
export const JobId = id('JobId')
export type JobId = v.InferOutput<typeof JobId>

/** Lower-case hex SHA-256 of a stored PNG file: its name on disk and its address in `media://<sha256>`. */
export const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/), v.brand('Sha256'))
export type Sha256 = v.InferOutput<typeof Sha256>

export const isSha256 = (text: string): text is Sha256 => v.is(Sha256, text)
