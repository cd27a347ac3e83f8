import { useEffect } from 'react'
import type { DeskSession } from './session'
import { notReadyBecause, stageOf, type DeskState } from './state'

/** Ids of what the keyboard goes to. */
export const noteId = 'form-note-field'
export const pauseId = 'pause-button'
export const searchId = 'knowledge-search'

interface Sheets {
  onTransfer: () => void
  onHelp: () => void
}

/** The desk by keyboard; keys.ts says what there is. */
export function useKeys(desk: DeskSession, state: DeskState, { onTransfer, onHelp }: Sheets): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // Held down it is still one press.
      if (event.repeat || event.defaultPrevented || event.isComposing) return
      const pressed = event.ctrlKey || event.metaKey ? null : event.altKey ? withAlt(event.code) : plain(event)
      if (pressed === null) return
      event.preventDefault()
      pressed()
    }
    const stage = stageOf(state)
    const plain = (event: KeyboardEvent): (() => void) | null => {
      if (event.key === 'F2' && stage === 'incoming') return () => desk.answer()
      if (event.key === 'Enter' && !isControl(event.target) && stage === 'incoming') return () => desk.answer()
      if (event.key === 'F4' && (stage === 'talking' || stage === 'answering')) return () => desk.hangUp()
      if (event.key === 'F8' && state.agent.state === 'paused' && notReadyBecause(state) === null) return () => void desk.ready()
      if (event.key === '?' && !isText(event.target)) return onHelp
      return null
    }
    // By their place on the board: with Alt some boards write other letters.
    const withAlt = (code: string): (() => void) | null => {
      const held = state.talk?.held === true
      const alone = (state.talk?.parties.length ?? 0) === 0
      const lead = state.talk?.lead ?? true
      if (code === 'KeyG' && stage === 'talking' && lead && alone) return () => void desk.verb(held ? 'resume' : 'hold')
      if (code === 'KeyM' && stage === 'talking') return () => desk.mute(!state.muted)
      if (code === 'KeyC' && stage === 'talking' && lead && alone) return onTransfer
      if (code === 'KeyN' && state.form !== null) return () => focus(noteId)
      if (code === 'KeyK') return () => focus(searchId)
      if (code === 'KeyP') return () => document.getElementById(pauseId)?.click()
      return null
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [desk, state, onTransfer, onHelp])
}

function focus(id: string): void {
  document.getElementById(id)?.focus()
}

// Enter means something of its own in fields and on buttons.
function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, button, a, [role="option"], [role="menuitem"]') !== null
}

// A question mark is a letter where text is written.
function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null
}
