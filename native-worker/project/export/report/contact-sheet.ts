import { readFile } from 'node:fs/promises'
import type { Project } from '../../open-project.ts'
import { imageFile } from '../../../files/project-paths.ts'
import type { ExportFile } from '../draft-export.ts'
import { evenlySpread } from '../../../metrics/evenly-spread.ts'
import { escapeHtml, nameHtml } from './escape-html.ts'

const picturesPerRow = 8

/** A few real and synthetic pictures of each class, evenly picked, inside the page itself. */
export async function contactSheet({ imagesFolder }: Project, files: readonly ExportFile[]): Promise<string> {
  const classNames = [...new Set(files.map((file) => file.className))]
  const sections = await Promise.all(
    classNames.map(async (className) => {
      const ofClass = files.filter((file) => file.className === className)
      const row = async (kind: 'real' | 'synthetic', label: string): Promise<string> => {
        const pictures = evenlySpread(
          ofClass.filter((file) => file.origin.kind === kind),
          picturesPerRow,
        )
        if (pictures.length === 0) return ''
        const images = await Promise.all(pictures.map((file) => embed(file, imagesFolder)))
        return `<div class="row"><span class="tag ${kind}">${label}</span>${images.join('')}</div>`
      }
      const rows = [await row('real', 'real · 真实'), await row('synthetic', 'synthetic · 合成')]
      return `<section class="class"><h3>${nameHtml(className)}</h3>${rows.join('')}</section>`
    }),
  )
  return sections.join('\n')
}

async function embed({ picture, path }: ExportFile, imagesFolder: string): Promise<string> {
  const bytes = await readFile(imageFile(imagesFolder, picture))
  return `<img src="data:image/png;base64,${bytes.toString('base64')}" alt="${escapeHtml(path)}" title="${escapeHtml(path)}">`
}
