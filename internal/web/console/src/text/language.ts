// The reader's language: Vietnamese unless they chose otherwise on this computer.
import { useSyncExternalStore } from 'react'
import type { Words } from '../api/types'
import { strings, type TextKey } from './strings'

export type Language = 'vi' | 'en'

const storageKey = 'hotline-language'
const listeners = new Set<() => void>()

export function language(): Language {
  return localStorage.getItem(storageKey) === 'en' ? 'en' : 'vi'
}

export function setLanguage(to: Language): void {
  localStorage.setItem(storageKey, to)
  document.documentElement.lang = to
  listeners.forEach((tell) => tell())
}

export interface Text {
  language: Language
  /** A text of the dictionary; {name} is replaced by values.name. */
  t: (key: TextKey, values?: Record<string, string | number>) => string
  /** A text that came from the server in both languages. */
  pick: (words: Words) => string
}

export function useText(): Text {
  const now = useSyncExternalStore(subscribe, language)
  return {
    language: now,
    t: (key, values = {}) => strings[key][now].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')),
    pick: (words) => words[now],
  }
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}
