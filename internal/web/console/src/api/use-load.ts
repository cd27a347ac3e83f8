import { useCallback, useEffect, useState } from 'react'
import { api, wordsOf } from './client'
import type { Words } from './types'

export interface Loaded<T> {
  /** The last answer; it stays while the next one is awaited. */
  data: T | null
  problem: Words | null
  reload: () => void
}

/**
 * Reads an address of the API, again when the address changes, when reload is called,
 * and every so many milliseconds while the page is looked at. A null address is not read.
 */
export function useLoad<T>(path: string | null, everyMs = 0): Loaded<T> {
  const [answer, setAnswer] = useState<{ data: T | null; problem: Words | null }>({ data: null, problem: null })
  const [turn, setTurn] = useState(0)
  const reload = useCallback(() => setTurn((n) => n + 1), [])

  useEffect(() => {
    if (path === null) return
    // An answer that comes after the next question was asked is of no use.
    let asked = true
    api<T>('GET', path).then(
      (data) => asked && setAnswer({ data, problem: null }),
      (error: unknown) => asked && setAnswer(({ data }) => ({ data, problem: wordsOf(error) })),
    )
    return () => {
      asked = false
    }
  }, [path, turn])

  useEffect(() => {
    if (everyMs === 0) return
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), everyMs)
    return () => clearInterval(timer)
  }, [everyMs, reload])

  return { ...answer, reload }
}
