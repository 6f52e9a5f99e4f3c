import type { NamedTensor } from '../safetensors.ts'

const averaged = 'average/generator/'

/**
 * What a finished run of many classes leaves for others: its averaged generator, its discriminator, and where its class vectors
 * lie.
 * @param tensors of its checkpoint
 * @throws RangeError where they are of networks without an average
 */
export function baseTensorsOf(tensors: readonly NamedTensor[]): readonly NamedTensor[] {
  const generator = tensors
    .filter(({ name }) => name.startsWith(averaged))
    .map((tensor) => ({ ...tensor, name: `generator/${tensor.name.slice(averaged.length)}` }))
  if (generator.length === 0) throw new RangeError('only a run whose generator is averaged can be a base')
  const discriminator = tensors.filter(({ name }) => name.startsWith('discriminator/'))
  return [...generator, ...discriminator].flatMap((tensor) =>
    tensor.name.endsWith('/classes') ? summarise(tensor) : [tensor],
  )
}

/** [classes, length] to its mean and standard deviation over the classes. */
function summarise({ name, shape: [classes = 0, length = 0], values }: NamedTensor): readonly NamedTensor[] {
  const column = (index: number): readonly number[] =>
    Array.from({ length: classes }, (_, row) => values[row * length + index] ?? 0)
  const mean = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0) / classes
  const of = (what: (numbers: readonly number[]) => number): Float32Array =>
    Float32Array.from({ length }, (_, index) => what(column(index)))
  return [
    { name: `${name}/mean`, shape: [length], values: of(mean) },
    {
      name: `${name}/deviation`,
      shape: [length],
      values: of((numbers) => Math.sqrt(mean(numbers.map((each) => (each - mean(numbers)) ** 2)))),
    },
  ]
}
