import { useEffect, useRef, useState } from 'react'

export interface Speaker {
  /** What is played, as it was given; null for silence. */
  playing: string | null
  /** Plays prompts of a language one after the other, as callers hear them; another play ends it. */
  play: (name: string, prompts: readonly { language: string; key: string }[]) => void
  stop: () => void
  /** A sound has changed: what the browser has kept of the old one is not played again. */
  forget: () => void
}

/** One loudspeaker for a page. */
export function useSpeaker(): Speaker {
  const [playing, setPlaying] = useState<string | null>(null)
  const sound = useRef<HTMLAudioElement | null>(null)
  const turn = useRef(0)
  const stop = () => {
    if (sound.current !== null) {
      sound.current.onended = null
      sound.current.onerror = null
      sound.current.pause()
    }
    sound.current = null
    setPlaying(null)
  }
  useEffect(() => stop, [])

  const play: Speaker['play'] = (name, prompts) => {
    stop()
    const next = (at: number) => {
      const prompt = prompts[at]
      if (prompt === undefined) return stop()
      const audio = new Audio(`/api/prompts/${encodeURIComponent(prompt.language)}/${encodeURIComponent(prompt.key)}?turn=${turn.current}`)
      sound.current = audio
      audio.onended = () => next(at + 1)
      audio.onerror = () => next(at + 1)
      // Refused when nobody has pressed anything on the page yet, or ended before it began.
      audio.play().catch(() => sound.current === audio && stop())
    }
    setPlaying(name)
    next(0)
  }
  const forget = () => {
    stop()
    turn.current++
  }
  return { playing, play, stop, forget }
}
