// When nobody touches the console for long enough it locks, in all windows of this
// browser together. The server keeps the lock: a reload does not open it.
import { useEffect } from 'react'
import { api } from '../api/client'

const touchedKey = 'hotline-touched'
const lockedKey = 'hotline-locked'
const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const
const writeEveryMs = 1_000

export function touched(): void {
  const now = Date.now()
  if (now - Number(localStorage.getItem(touchedKey)) >= writeEveryMs) localStorage.setItem(touchedKey, String(now))
}

/** How long it is until the console locks, from what was last touched. */
export function msUntilLock(lastTouch: number, now: number, after: number): number {
  // A clock that was set back must not keep the console open.
  return Math.min(after, Math.max(0, lastTouch + after - now))
}

/** Locks this session, and tells the other windows. */
export async function lock(): Promise<void> {
  await api('POST', '/session/lock')
  tellWindows()
}

/** The other windows ask anew how things stand. */
export function tellWindows(): void {
  localStorage.setItem(lockedKey, String(Date.now()))
}

/** Counts while active; onLocked is called when this or another window changed the lock. */
export function useIdleLock(active: boolean, afterMs: number, onLocked: () => void): void {
  useEffect(() => {
    const onStorage = (event: StorageEvent) => {
      if (event.key === lockedKey) onLocked()
    }
    window.addEventListener('storage', onStorage)
    window.addEventListener('hotline-locked', onLocked)
    return () => {
      window.removeEventListener('storage', onStorage)
      window.removeEventListener('hotline-locked', onLocked)
    }
  }, [onLocked])

  useEffect(() => {
    if (!active || afterMs <= 0) return
    touched()
    let timer = 0
    const look = () => {
      const left = msUntilLock(Number(localStorage.getItem(touchedKey)), Date.now(), afterMs)
      if (left > 0) timer = window.setTimeout(look, left)
      // While the server is away the page stays open, and is tried again.
      else
        lock().then(onLocked, () => {
          timer = window.setTimeout(look, writeEveryMs)
        })
    }
    timer = window.setTimeout(look, afterMs)
    for (const name of touches) window.addEventListener(name, touched, { passive: true })
    return () => {
      clearTimeout(timer)
      for (const name of touches) window.removeEventListener(name, touched)
    }
  }, [active, afterMs, onLocked])
}
