import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** One true file of each format, 24 × 16 pixels, no two alike, by class. */
const pictures = {
  pit: {
    'pit.png':
      'iVBORw0KGgoAAAANSUhEUgAAABgAAAAQCAAAAAApT+BJAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAA5klEQVQY02PQ0NTS1tHV0zcwNDI2MTUzt7C0sraxtbNnQOY4ODo5u7i6uXt4enkzIHN8fP38AwKDgkNCw8IZkDkRkVHRMbFx8QmJSckMyJyU1LT0jMys7JzcvHwGGGfFylWr1xQWFZeUlpVXVFZVMxRAOVu2btu+o7auvqGxqbmlta2doQbKOXDw0OEjnV3dPb19/RMmTprM0AHlnDl77vyFqdOmz5g5a/acufPmM0yBcm7cvHX7zsJFi5csXbYc5GmGBUgc5BBgwBYcIE8zYAsOkKcZsAUHyNMM2IID5GkGbMEB8jQAGreUHaikrkkAAAAASUVORK5CYII=',
    'pit.jpg':
      '/9j/2wBDAAoHBwgHBgoICAgLCgoLDhgQDg0NDh0VFhEYIx8lJCIfIiEmKzcvJik0KSEiMEExNDk7Pj4+JS5ESUM8SDc9Pjv/wAALCAAQABgBAREA/8QAGQAAAQUAAAAAAAAAAAAAAAAAAAIDBAUG/8QAJhAAAQMDAgUFAAAAAAAAAAAAAQIDEQAEBQYSExQhUWIjMWGBkf/aAAgBAQAAPwDNNYXxq4Gk3m7MXR2bCkKgTPX6+aU1hfGmF6mtU7eWx7zszu4igiO0RM0PauztzbLtW0sMMmAiG9ykgHoJPQ+3aoKn8xcrC3L98ECPTVwx+JgV/9k=',
    'pit.tif':
      'SUkqAGAAAACACgBwOCQWDQeBjCEQuFjiGQ+CkCIRMkROIFCGD+CseFliMxuFmCPwSOQg0SOByWCoMBnCUAOVSyCHiLQOZQZARabwdEQ+dwtIQifw9MQahxBQTaaweAgAEAAAAQMAAQAAABgAAAABAQMAAQAAABAAAAACAQMAAQAAAAgAAAADAQMAAQAAAAUAAAAGAQMAAQAAAAEAAAARAQQAAQAAAAgAAAASAQMAAQAAAAEAAAAVAQMAAQAAAAEAAAAWAQMAAQAAAAABAAAXAQQAAQAAAFcAAAAaAQUAAQAAACYBAAAbAQUAAQAAAC4BAAAcAQMAAQAAAAEAAAAoAQMAAQAAAAIAAAA9AQMAAQAAAAIAAABTAQMAAQAAAAEAAAAAAAAAMzPLAAAACAAzM8sAAAAIAA==',
  },
  scratch: {
    'scratch.bmp':
      'Qk1+AAAAAAAAAD4AAAAoAAAAGAAAABAAAAABAAEAAAAAAAAAAAAAAAAAAAAAAAIAAAAAAAAAKCgoAMjIyADA8DwAwPA8AA8DwAAPA8AA8DwPAPA8DwADwPAAA/7wADx/AwA8fwMAwP48AMD+PAAPA8AADwPAAPA8DwDwPA8A',
    'scratch.webp':
      'UklGRnIAAABXRUJQVlA4IGYAAACwAwCdASoYABAAPrVWoUsnJSMhsAgA4BaJaQABCNT76RNWoR1YCAD++xfiuksnHDpLcc9t9UyGB7Nc20+uz1zbdQfpTvA8zfFLZeFEsbG+erAXN1i0aPwuCapeTfdtptVjEML4AAA=',
  },
} as const

export const formatsTried = 'PNG, JPEG, TIFF, BMP, WebP'
export const rarerClass = 'scratch'

/** Class folders with the five files. Gives their number. */
export async function writeSmokePictures(folder: string): Promise<number> {
  let count = 0
  for (const [className, files] of Object.entries(pictures)) {
    await mkdir(join(folder, className), { recursive: true })
    for (const [name, base64] of Object.entries(files)) {
      await writeFile(join(folder, className, name), Buffer.from(base64, 'base64'))
      count += 1
    }
  }
  return count
}
