// Texts of a page that is loaded when it is first shown: they come with it, and not
// with the desk.
import type { Words } from '../api/types'
import { useText, type Text } from './language'

export type Values = Record<string, string | number>

/** A text with each {name} replaced by values.name. */
export function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}

export interface Worded<K extends string> extends Text {
  /** A text of the page's own dictionary. */
  w: (key: K, values?: Values) => string
}

export function useWords<K extends string>(dictionary: Readonly<Record<K, Words>>): Worded<K> {
  const text = useText()
  return { ...text, w: (key, values = {}) => fill(dictionary[key][text.language], values) }
}
