// The form that is being filled in, kept in this browser with each key and on the server
// soon after: what was typed in a call comes back with the citizen, after a reload, after
// a crash, and at another computer.
import { api, ApiError } from '../api/client'
import { serverNow } from '../api/clock'
import type { Draft, DraftForm } from '../api/types'
import type { Form } from './state'

const longestMs = 12 * 3600 * 1000
const settleMs = 700
const againMs = 3_000
/** An answer that takes longer is a network that stutters. */
const slowMs = 4_000

const storageKey = (agent: string) => `hotline-form-${agent}`

/** A form, and when it was changed last by the server's clock. */
export interface KeptForm {
  at: number
  form: Form
}

export function keepDraft(agent: string, form: Form | null): void {
  if (form === null) localStorage.removeItem(storageKey(agent))
  else localStorage.setItem(storageKey(agent), JSON.stringify({ at: serverNow(), form } satisfies KeptForm))
}

/** The draft that this agent left in this browser within half a day, or null. */
export function readDraft(agent: string): KeptForm | null {
  const kept = localStorage.getItem(storageKey(agent))
  if (kept === null) return null
  const { at, form } = JSON.parse(kept) as KeptForm
  if (serverNow() - at > longestMs) {
    localStorage.removeItem(storageKey(agent))
    return null
  }
  // A form that an older page kept has no name and place.
  return { at, form: { ...form, citizen: form.citizen ?? '', place: form.place ?? {}, saving: false, problem: null } }
}

/** The draft that the server has, or null; null too while it cannot be asked. */
export async function fetchDraft(): Promise<KeptForm | null> {
  try {
    const { draft } = await api<{ draft: Draft | null }>('GET', '/desk/draft')
    return draft === null ? null : { at: draft.seq, form: { ...draft.form, call: draft.call, saving: false, problem: null } }
  } catch {
    return null
  }
}

/** Whether the form is safe on the server. */
export type Saved =
  | { state: 'none' }
  | { state: 'typing'; at: string | null }
  | { state: 'saved'; at: string }
  /** The server was not reached; it is tried again. */
  | { state: 'stale'; at: string | null }

/**
 * Saves the form on the server a moment after it was changed last. One request at a time,
 * so that none overtakes another; what fails is tried again until it is settled.
 */
export class DraftKeeper {
  readonly #tell: (saved: Saved) => void
  #form: Form | null = null
  #savedAt: string | null = null
  #seq = 0
  #dirty = false
  #sending: Promise<void> | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(tell: (saved: Saved) => void) {
    this.#tell = tell
  }

  changed(form: Form): void {
    if (this.#form?.call !== form.call) this.#savedAt = null
    this.#form = form
    this.#dirty = true
    this.#tell({ state: 'typing', at: this.#savedAt })
    this.#later(settleMs)
  }

  /** Nothing more of this form is to be saved. The server refuses what is still under way once the form is there. */
  settle(): void {
    clearTimeout(this.#timer)
    this.#form = null
    this.#dirty = false
    this.#savedAt = null
    this.#tell({ state: 'none' })
  }

  #later(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#send(), ms)
  }

  #send(): void {
    if (this.#sending !== null || !this.#dirty || this.#form === null) return
    this.#dirty = false
    this.#sending = this.#put(this.#form).finally(() => {
      this.#sending = null
      if (this.#dirty) this.#later(this.#stale ? againMs : settleMs)
    })
  }

  #stale = false

  async #put(form: Form): Promise<void> {
    this.#seq = Math.max(this.#seq + 1, Math.round(serverNow()))
    const { call, ticket, caller, group, field, citizen, place, note } = form
    const body = { call, seq: this.#seq, form: { ticket, caller, group, field, citizen, place, note } satisfies DraftForm }
    const slow = setTimeout(() => this.#form?.call === call && this.#tell({ state: 'stale', at: this.#savedAt }), slowMs)
    try {
      const { saved_at: at } = await api<{ saved_at: string }>('PUT', '/desk/draft', body)
      this.#stale = false
      if (this.#form?.call !== call) return
      this.#savedAt = at
      this.#tell(this.#dirty ? { state: 'typing', at } : { state: 'saved', at })
    } catch (error) {
      if (error instanceof ApiError && error.code === 'draft_over') return
      if (this.#form?.call !== call) return
      this.#stale = true
      this.#dirty = true
      this.#tell({ state: 'stale', at: this.#savedAt })
    } finally {
      clearTimeout(slow)
    }
  }
}
