import { useEffect } from 'react'
import { startRinging } from '../phone/ring'
import { useText } from '../text/language'
import type { DeskSession } from './session'
import { stageOf, type DeskState } from './state'

const flashMs = 700

/** Makes an incoming call heard and seen, also when the page is not in front. */
export function useAlert(desk: DeskSession, state: DeskState): void {
  const { t } = useText()
  const incoming = stageOf(state) === 'incoming'
  const urgent = state.offer?.group === 'emergency'
  const text = t('newCallTitle', { caller: state.offer?.caller_vi || t('hiddenNumber') })

  useEffect(() => {
    if (!incoming) return
    const stopRinging = startRinging(desk.ear.context, urgent)
    const title = document.title
    const flash = setInterval(() => {
      document.title = document.title === title ? text : title
    }, flashMs)
    const notification = document.hidden && 'Notification' in window && Notification.permission === 'granted' ? new Notification(text, { requireInteraction: true }) : null
    notification?.addEventListener('click', () => window.focus())
    return () => {
      stopRinging()
      clearInterval(flash)
      document.title = title
      notification?.close()
    }
  }, [desk, incoming, urgent, text])
}
