import { useEffect, useReducer, useState } from 'react'
import { openFeed } from '../api/feed'
import type { Live } from '../api/types'
import { emptyBoard, reduce, silenceMs, type Board } from './board'

/** The live figures, and a clock in step with them that ticks each quarter second. */
export function useBoard(): { board: Board; now: number } {
  const [board, dispatch] = useReducer(reduce, emptyBoard)
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 250)
    // A cut line is tried again at once; only silence makes the figures old.
    let silence = setTimeout(lose, silenceMs)
    function lose() {
      dispatch({ type: 'lost', at: Date.now() - silenceMs })
    }
    const close = openFeed('/live/events', {
      silenceMs,
      on: {
        live: (live: Live) => {
          clearTimeout(silence)
          silence = setTimeout(lose, silenceMs)
          setNow(performance.now())
          dispatch({ type: 'live', live, now: performance.now() })
        },
      },
    })
    return () => {
      close()
      clearInterval(timer)
      clearTimeout(silence)
    }
  }, [])
  return { board, now }
}
