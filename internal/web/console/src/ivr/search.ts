import type { Spoken } from './flow'

export interface Sounding extends Spoken {
  length_ms: number
  /** By a person, in place of the machine. */
  recorded: boolean
}

export interface PromptRow {
  key: string
  /** Made by rule, with a number in it. */
  made: boolean
  texts: Partial<Record<string, Sounding>>
}

/** The text without diacritics and capitals: who types "khan cap" means khẩn cấp. */
export function plain(text: string): string {
  return text.toLowerCase().replaceAll('đ', 'd').normalize('NFD').replace(/\p{M}/gu, '')
}

/** Prompts whose name or words hold all that is typed. */
export function found(rows: readonly PromptRow[], typed: string, made: boolean): PromptRow[] {
  const parts = plain(typed).split(/\s+/).filter((part) => part !== '')
  return rows.filter((row) => {
    if (row.made && !made) return false
    const all = plain([row.key, ...Object.values(row.texts).map((s) => s?.text ?? '')].join(' '))
    return parts.every((part) => all.includes(part))
  })
}
