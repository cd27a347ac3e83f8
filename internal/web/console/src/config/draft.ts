// A document that is being changed, kept in this tab: a reload, or the lock of an idle
// console, does not lose it. Nobody else who signs in here sees it.

export interface Draft {
  text: string
  /** Of the text that the change was begun on. */
  base: string
}

const key = (who: string, name: string) => `hotline-document:${who}:${name}`

export function keptDraft(who: string, name: string): Draft | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key(who, name)) ?? 'null') as Partial<Draft> | null
    return typeof kept?.text === 'string' && typeof kept.base === 'string' ? { text: kept.text, base: kept.base } : null
  } catch {
    return null
  }
}

export function keepDraft(who: string, name: string, draft: Draft | null): void {
  if (draft === null) sessionStorage.removeItem(key(who, name))
  else sessionStorage.setItem(key(who, name), JSON.stringify(draft))
}
