import type { en } from './en.ts'

type English = typeof en
type WithoutPlural<Key> = Key extends `${infer Base}_one` ? Base : Key extends `${infer Base}_other` ? Base : Key

/** Every text of the interface. Plural forms (`…_one`, `…_other`) are one key: i18next picks by `count`. */
export type MessageKey = WithoutPlural<keyof English>

type TextOf<Key extends string> = Key extends keyof English
  ? English[Key]
  : `${Key}_other` extends keyof English
    ? English[`${Key}_other`]
    : never
type NameOf<Placeholder> = Placeholder extends `${infer Name},${string}` ? Name : Placeholder
type NamesIn<Text> = Text extends `${string}{{${infer Placeholder}}}${infer Rest}`
  ? NameOf<Placeholder> | NamesIn<Rest>
  : never

/** The placeholders of a text, as the second argument of `t`; no argument where it has none. */
export type MessageValues<Key extends MessageKey> = [NamesIn<TextOf<Key>>] extends [never]
  ? []
  : [values: { readonly [Name in NamesIn<TextOf<Key>>]: string | number }]

/** Chinese has one plural form: exactly the English keys without `…_one`. */
export type ChineseMessages = Readonly<Record<Exclude<keyof English, `${string}_one`>, string>>
