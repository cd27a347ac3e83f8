import { useEffect, useState } from 'react'
import { serverNow } from '../api/clock'

/** Now by the server's clock, again every second, for counters. */
export function useNow(): number {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
