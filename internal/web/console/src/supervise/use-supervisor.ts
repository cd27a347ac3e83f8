import { useEffect, useState } from 'react'
import { SupervisorSession } from './session'

/** The supervisor's softphone for as long as the page is shown; null for who is none. */
export function useSupervisor(role: string): SupervisorSession | null {
  const may = role === 'supervisor' || role === 'admin'
  const [session] = useState(() => (may ? new SupervisorSession() : null))
  useEffect(() => {
    if (session === null) return
    const leave = () => session.close()
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      session.close()
    }
  }, [session])
  return session
}
