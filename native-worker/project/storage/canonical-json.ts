/** Names sorted, no white space: equal values give equal bytes, whatever order they were built in (as in RFC 8785). */
export function canonicalJson(value: Readonly<Record<string, string | number | null>>): string {
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${JSON.stringify(value[name])}`)
  return `{${members.join(',')}}`
}
