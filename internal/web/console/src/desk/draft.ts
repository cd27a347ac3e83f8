// The form that is being filled in, kept over a reload of the page and a browser that
// crashed: what was typed in a call comes back with the citizen.
import type { Form } from './state'

const longestMs = 12 * 3600 * 1000

const storageKey = (agent: string) => `hotline-form-${agent}`

export function keepDraft(agent: string, form: Form | null): void {
  if (form === null) localStorage.removeItem(storageKey(agent))
  else localStorage.setItem(storageKey(agent), JSON.stringify({ at: Date.now(), form }))
}

/** The draft that this agent left in this browser within half a day, or null. */
export function readDraft(agent: string): Form | null {
  const kept = localStorage.getItem(storageKey(agent))
  if (kept === null) return null
  const draft = JSON.parse(kept) as { at: number; form: Form }
  if (Date.now() - draft.at > longestMs) {
    localStorage.removeItem(storageKey(agent))
    return null
  }
  return { ...draft.form, saving: false, problem: null }
}
