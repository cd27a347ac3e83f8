// What makes a room look up.
import { useEffect, useState } from 'react'

const storageKey = 'hotline-wall-sound'

/** Whether this screen sounds; it is remembered on this computer, and on at first. */
export function useSoundWanted(): [boolean, () => void] {
  const [wanted, setWanted] = useState(() => localStorage.getItem(storageKey) !== 'off')
  const toggle = () => {
    localStorage.setItem(storageKey, wanted ? 'off' : 'on')
    setWanted(!wanted)
  }
  return [wanted, toggle]
}

/** Sounds at once, and again and again until all is well. */
export function useAlarmSound(on: boolean, everyMs: number): void {
  useEffect(() => {
    if (!on || everyMs <= 0) return
    const context = new AudioContext()
    // A browser that was not told otherwise is silent until somebody has touched the page.
    const sound = () => void context.resume().then(() => twoTones(context), () => {})
    sound()
    const timer = setInterval(sound, everyMs)
    return () => {
      clearInterval(timer)
      void context.close()
    }
  }, [on, everyMs])
}

function twoTones(context: AudioContext): void {
  for (const [beat, hz] of [880, 660, 880, 660].entries()) {
    const from = context.currentTime + beat * 0.25
    const tone = context.createOscillator()
    const shape = context.createGain()
    tone.frequency.value = hz
    // Soft edges: a tone that is cut hard clicks.
    shape.gain.setValueAtTime(0, from)
    shape.gain.linearRampToValueAtTime(0.3, from + 0.02)
    shape.gain.linearRampToValueAtTime(0, from + 0.24)
    tone.connect(shape).connect(context.destination)
    tone.start(from)
    tone.stop(from + 0.25)
  }
}

/** Keeps a wall's screen from going dark, where the browser can. */
export function useAwake(on: boolean): void {
  useEffect(() => {
    if (!on || !('wakeLock' in navigator)) return
    let lock: WakeLockSentinel | null = null
    let over = false
    const hold = () => {
      if (document.visibilityState !== 'visible') return
      navigator.wakeLock.request('screen').then(
        (held) => {
          if (over) void held.release()
          else lock = held
        },
        () => {}, // the system saves power; the wall goes on
      )
    }
    hold()
    document.addEventListener('visibilitychange', hold)
    return () => {
      over = true
      document.removeEventListener('visibilitychange', hold)
      void lock?.release()
    }
  }, [on])
}
