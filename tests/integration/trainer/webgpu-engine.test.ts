import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { softwareCardEnvironment } from '../../helpers/software-card.ts'

/*
 * Nobody's test machine need have a graphics card: the engine runs on SwiftShader, which Electron carries. Each test is a process
 * of its own, since a driver is chosen when a process starts.
 */

const root = join(import.meta.dirname, '../../..')
const environment = await softwareCardEnvironment()
const slow = { timeout: 300_000 }

/** Ends with what the code throws, as JSON on the last line, or with the words of its result. */
function run(code: string, env: NodeJS.ProcessEnv): Readonly<Record<string, unknown>> {
  const whole = `
    const { loadEngine } = await import(${JSON.stringify(join(root, 'native-worker/trainer/engines/load-engine.ts'))})
    const load = () => loadEngine('webgpu', { cacheFolder: ${JSON.stringify(temporaryFolder())} })
    const answer = await (async () => { ${code} })().catch(({ code, message, details }) => ({ code, message, details }))
    process.stdout.write(JSON.stringify(answer), () => process.exit(0))`
  return lastLine(
    spawnSync(process.execPath, ['--input-type=module', '-e', whole], { encoding: 'utf8', env, cwd: root }),
  )
}

function lastLine({ stdout, stderr }: { stdout: string; stderr: string }): Readonly<Record<string, unknown>> {
  const line = stdout.trim().split('\n').at(-1) ?? ''
  if (!line.startsWith('{')) throw new Error(`${stdout}\n${stderr}`)
  return JSON.parse(line) as Readonly<Record<string, unknown>>
}

function runPart(part: string, args: readonly string[] = []): Readonly<Record<string, unknown>> {
  const script = join(root, 'tests/device/engine-part.ts')
  const given = [script, part, '--engine', 'webgpu', ...args]
  return lastLine(spawnSync(process.execPath, given, { encoding: 'utf8', env: environment ?? {}, cwd: root }))
}

describe.skipIf(environment === null)('webgpu on a graphics card in software (needs an Electron for Linux)', () => {
  beforeAll(() => {
    expect(environment).not.toBeNull()
  })

  it('gives the stored gradients', slow, () => {
    expect(runPart('gradients')).toMatchObject({ correct: true })
  })

  it('takes the steps of the reference program, second derivatives and all', slow, () => {
    expect(runPart('golden', ['--golden', 'crgan'])).toMatchObject({
      correct: true,
      steps: [{ file: 'crgan-second-edition.json', stepsTaken: 2, correct: true }],
    })
  })

  it('reads what the card computed at once, whatever the kind of number', slow, () => {
    // Shorter ones tfjs computes on the processor.
    const code = `
      const { tf } = await load()
      const a = tf.range(0, 3000)
      const ends = (values) => [values.length, values[1], values[2999]]
      const twice = ends(a.mul(2).dataSync())
      const late = ends(a.greater(1).dataSync())
      const whole = ends(a.cast('int32').add(tf.ones([3000], 'int32')).dataSync())
      return { twice, late, whole, later: ends(await a.add(1).data()) }`
    expect(run(code, environment ?? {})).toEqual({
      twice: [3000, 2, 5998],
      late: [3000, 0, 1],
      whole: [3000, 2, 3000],
      later: [3000, 2, 3000],
    })
  })

  it('updates parameters as the composed operations do', slow, () => {
    const code = `
      const { composeArithmetic } = await import(${JSON.stringify(join(root, 'native-worker/trainer/engines/composed-arithmetic.ts'))})
      const { tf, arithmetic, createParameter } = await load()
      const after = (operations) => {
        const make = (from) => createParameter({ name: 'p', shape: [40, 50], trainable: true }, Float32Array.from({ length: 2000 }, (_, i) => from + i / 2000))
        const [parameter, firstMoment, secondMoment, follower] = [make(-1), make(0.5), make(0.25), make(3)]
        const gradient = tf.range(0, 2000).div(1000).reshape([40, 50])
        operations.adam([{ parameter, gradient, firstMoment, secondMoment }], { rate: 0.01, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 })
        operations.follow([{ follower, followed: parameter }], 0.9)
        return [parameter, firstMoment, secondMoment, follower].map((each) => [...each.read().dataSync()])
      }
      const [ours, composed] = [after(arithmetic), after(composeArithmetic(tf))]
      const differences = ours.map((values, of) => Math.max(...values.map((value, at) => Math.abs(value - composed[of][at]))))
      return { differences, firstStep: ours[0][0] + 1, followed: ours[3][0] }`
    const { differences, firstStep, followed } = run(code, environment ?? {})
    expect(differences).toHaveLength(4)
    for (const difference of differences as number[]) expect(difference).toBeLessThan(1e-6)
    // 0.5 · 0.5 / √(0.999 · 0.25), by the rate.
    expect(firstStep).toBeCloseTo(-0.005, 4)
    expect(followed).toBeCloseTo(0.9 * 3 - 0.1 * 1.005, 4)
  })

  it('goes on with nothing that the card has refused', slow, () => {
    const code = `
      const { tf } = await load()
      const twice = tf.range(0, 3000).mul(2)
      tf.backend().device.createBuffer({ size: 2 ** 50, usage: 1 })
      return { values: [...twice.dataSync()] }`
    const message: unknown = expect.stringMatching(/graphics card failed: .*exceeds/)
    expect(run(code, environment ?? {})).toMatchObject({ code: 'internal', message, details: { engine: 'webgpu' } })
  })

  it('is refused where the only card is software', slow, () => {
    const env = { ...environment, FLAWSMITH_SOFTWARE_ADAPTER: '' }
    const card: unknown = expect.stringMatching(/SwiftShader/i)
    expect(run('return await load()', env)).toMatchObject({
      code: 'engine_unavailable',
      details: { engine: 'webgpu', obstacle: 'software_card', card },
    })
  })

  it('says that Vulkan has no driver', slow, () => {
    const env = { ...environment, VK_DRIVER_FILES: join(temporaryFolder(), 'none.json') }
    expect(run('return await load()', env)).toMatchObject({
      code: 'engine_unavailable',
      details: { engine: 'webgpu', obstacle: 'no_vulkan_driver' },
    })
  })
})
