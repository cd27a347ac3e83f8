// The form that is being filled in, kept over a reload of the page.
import type { Form } from './state'

const storageKey = 'hotline-form'

export function keepDraft(agent: string, form: Form | null): void {
  if (form === null) sessionStorage.removeItem(storageKey)
  else sessionStorage.setItem(storageKey, JSON.stringify({ agent, form }))
}

/** The draft that this agent left in this tab, or null. */
export function readDraft(agent: string): Form | null {
  const kept = sessionStorage.getItem(storageKey)
  if (kept === null) return null
  const draft = JSON.parse(kept) as { agent: string; form: Form }
  return draft.agent === agent ? { ...draft.form, saving: false, problem: null } : null
}
