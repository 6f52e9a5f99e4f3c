import { Option } from 'commander'
import { base } from './parse-options.ts'

export const baseOption = (): Option =>
  new Option(
    '--base <base>',
    'what crgan starts from: surfaces (networks that know made-up surfaces), none, or a finished run of this or another project: PROJECT[:RUN]',
  ).argParser(base)
