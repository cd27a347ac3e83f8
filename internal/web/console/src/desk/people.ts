import { useEffect, useState } from 'react'
import { api } from '../api/client'
import type { AgentState } from '../api/types'

interface Person {
  id: string
  name: string
  state: AgentState
}

/** The staff and what they do, asked for every few seconds while it is looked at. */
export interface People {
  /** Who has a desk, those who are free first. */
  present: Person[]
  name: (id: string) => string
}

const everyMs = 3_000

export function usePeople(wanted: boolean): People {
  const [people, setPeople] = useState<Person[]>([])
  useEffect(() => {
    if (!wanted) return
    let over = false
    const look = () => {
      api<{ agents: Person[] }>('GET', '/agents')
        .then(({ agents }) => {
          if (!over) setPeople(agents)
        })
        .catch(() => {}) // what was known stays
    }
    look()
    const timer = setInterval(look, everyMs)
    return () => {
      over = true
      clearInterval(timer)
    }
  }, [wanted])
  const free = (p: Person) => (p.state === 'available' ? 0 : 1)
  return {
    present: people.filter((p) => p.state !== 'offline').sort((a, b) => free(a) - free(b) || a.name.localeCompare(b.name)),
    name: (id) => people.find((p) => p.id === id)?.name ?? id,
  }
}
