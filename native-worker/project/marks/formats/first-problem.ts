import * as v from 'valibot'

/** What is wrong with a document, in one sentence: the first place that is not as it must be, and what stands there. */
export function firstProblem([issue]: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const path = v.getDotPath(issue)
  const place = path === null ? 'The document' : `“${path}”`
  const { received, expected } = issue
  if (received === 'undefined' || (path !== null && expected === `"${path.split('.').at(-1) ?? ''}"`))
    return `${place} is missing.`
  return `${place} is ${received.slice(0, 60)}${expected === null ? ', which fits no annotation' : ` where ${expected} is needed`}.`
}
