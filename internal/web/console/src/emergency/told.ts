// What is written on a sheet goes there by itself, a moment after it was written.
import { useEffect, useRef, useState } from 'react'
import { api, ApiError } from '../api/client'

export type Told = 'none' | 'telling' | 'told' | 'failed'

const settleMs = 1_500
const againMs = 3_000

/** Posts what it is given when it has not changed for a while; null is nothing to tell. */
export function useTold(path: string, body: object | null): Told {
  const [told, setTold] = useState<Told>('none')
  const last = useRef('')
  const next = body === null ? '' : JSON.stringify(body)
  useEffect(() => {
    if (next === '' || next === last.current) return
    let over = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const tell = () => {
      timer = undefined
      api('POST', path, JSON.parse(next)).then(
        () => {
          last.current = next
          if (!over) setTold('told')
        },
        (error: unknown) => {
          if (over) return
          setTold('failed')
          // A call that is over has its sheet as it was; whatever else goes by.
          if (!(error instanceof ApiError && error.status === 404)) timer = setTimeout(tell, againMs)
        },
      )
    }
    setTold('telling')
    timer = setTimeout(tell, settleMs)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [path, next])
  return told
}
