import type { TensorInfo } from '@tensorflow/tfjs'

/** What tfjs's backend needs to compile and run a shader. */
export interface WebgpuProgram {
  readonly variableNames: readonly string[]
  readonly outputShape: readonly number[]
  readonly uniforms: string
  readonly workgroupSize: readonly [number, number, number]
  readonly dispatchLayout: object
  readonly dispatch: readonly [number, number, number]
  /** Programs with the same key and shapes share their compiled shader. */
  readonly shaderKey: string
  /** That the shader is told the number of elements. */
  readonly size: true
  getUserCode(): string
}

/** Of the package's `webgpu_util`. */
export interface DispatchTools {
  flatDispatchLayout(shape: readonly number[]): object
  computeDispatch(layout: object, shape: readonly number[], workgroupSize: readonly number[]): [number, number, number]
}

/** One number of the output from the numbers at the same place of tensors of one shape: a whole formula in one shader. */
export interface Elementwise {
  readonly name: string
  /** Names of the tensors in the formula, in the order in which they are given. */
  readonly tensors: readonly string[]
  readonly numbers: readonly string[]
  /** WGSL; a tensor's value at `i` is `name[i]`, a number is `uniforms.name`. */
  readonly formula: string
}

const workgroupSize = [64, 1, 1] as const

export function elementwiseProgram(tools: DispatchTools, shape: readonly number[], of: Elementwise): WebgpuProgram {
  const dispatchLayout = tools.flatDispatchLayout(shape)
  return {
    variableNames: of.tensors,
    outputShape: shape,
    uniforms: of.numbers.map((name) => `${name} : f32,`).join(' '),
    workgroupSize,
    dispatchLayout,
    dispatch: tools.computeDispatch(dispatchLayout, shape, workgroupSize),
    shaderKey: `flawsmith-${of.name}`,
    size: true,
    getUserCode: () => `
      fn main(i : i32) {
        if (i < uniforms.size) {
          setOutputAtIndex(i, ${of.formula});
        }
      }`,
  }
}

/** tfjs's backend. What it gives belongs to whoever makes a tensor of it. */
export interface ProgramRunner {
  runWebGPUProgram(
    program: WebgpuProgram,
    inputs: readonly TensorInfo[],
    dtype: 'float32',
    numbers: readonly { readonly type: 'float32'; readonly data: readonly [number] }[],
  ): TensorInfo
}
