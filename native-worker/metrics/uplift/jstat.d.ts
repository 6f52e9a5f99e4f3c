/** The part of jStat that is called here; it has no declarations of its own. */
declare module 'jstat' {
  const jStat: {
    readonly studentt: {
      /** Quantile of Student's t distribution. */
      readonly inv: (probability: number, degreesOfFreedom: number) => number
    }
  }
  // eslint-disable-next-line no-restricted-syntax -- the package has no named ones
  export default jStat
}
