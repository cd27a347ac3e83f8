import { useEffect } from 'react'
import type { DeskSession } from './session'
import { notReadyBecause, stageOf, type DeskState } from './state'

/** The desk by keyboard: F2 or Enter answers, F4 hangs up, F8 makes ready. */
export function useKeys(desk: DeskSession, state: DeskState): void {
  const stage = stageOf(state)
  const canReady = state.agent.state === 'paused' && notReadyBecause(state) === null
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return
      const pressed =
        (event.key === 'F2' || (event.key === 'Enter' && !isControl(event.target))) && stage === 'incoming'
          ? () => desk.answer()
          : event.key === 'F4' && (stage === 'talking' || stage === 'answering')
            ? () => desk.hangUp()
            : event.key === 'F8' && canReady
              ? () => void desk.ready()
              : null
      if (pressed === null) return
      event.preventDefault()
      pressed()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [desk, stage, canReady])
}

// Enter means something of its own in fields and on buttons.
function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, button, a, [role="option"], [role="menuitem"]') !== null
}
