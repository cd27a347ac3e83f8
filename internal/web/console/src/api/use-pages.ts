import { useEffect, useState } from 'react'
import { api, query, wordsOf } from './client'
import type { Words } from './types'

export interface Pages<T> {
  /** Null until the first answer. */
  rows: T[] | null
  problem: Words | null
  /** Reads the next page; null after the last. */
  more: (() => Promise<void>) | null
}

/** Reads a list by pages; asked is its query string, and name the field that has the rows. */
export function usePages<T>(path: string, asked: string, name: string): Pages<T> {
  const [state, setState] = useState<{ rows: T[] | null; next: string; problem: Words | null }>({ rows: null, next: '', problem: null })
  useEffect(() => {
    // An answer that comes after the next question was asked is of no use.
    let wanted = true
    read<T>(path, asked, name).then(
      ({ rows, next }) => wanted && setState({ rows, next, problem: null }),
      (error: unknown) => wanted && setState((was) => ({ ...was, problem: wordsOf(error) })),
    )
    return () => {
      wanted = false
    }
  }, [path, asked, name])

  const more = async () => {
    try {
      const before = query({ before: state.next }).slice(1)
      const page = await read<T>(path, asked === '' ? `?${before}` : `${asked}&${before}`, name)
      setState({ rows: [...(state.rows ?? []), ...page.rows], next: page.next, problem: null })
    } catch (error) {
      setState((was) => ({ ...was, problem: wordsOf(error) }))
    }
  }
  return { rows: state.rows, problem: state.problem, more: state.next === '' ? null : more }
}

async function read<T>(path: string, asked: string, name: string): Promise<{ rows: T[]; next: string }> {
  const page = await api<Record<string, T[] | string>>('GET', `${path}${asked}`)
  return { rows: page[name] as T[], next: page.next as string }
}

/** Midnight of a date in Việt Nam, with some days more; "" of what is no date. */
export function midnight(day: string, more = 0): string {
  const at = Date.parse(`${day}T00:00:00+07:00`)
  return Number.isNaN(at) ? '' : new Date(at + more * 86_400_000).toISOString()
}

/** Today's date in Việt Nam, with some days more: yyyy-mm-dd. */
export function today(more = 0): string {
  return new Date(Date.now() + 7 * 3_600_000 + more * 86_400_000).toISOString().slice(0, 10)
}
