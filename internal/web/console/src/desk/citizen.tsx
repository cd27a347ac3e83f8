// Who is on the line, as far as it is known: the name of last time, and what they pressed
// on the way here.
import { Badge, Group, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { api } from '../api/client'
import type { Ticket, TicketRow, TimelineEntry } from '../api/types'
import { useWords } from '../text/words'
import type { DeskState } from './state'
import { words } from './citizen-words'

/** The name that was written down with the latest of these tickets, newest first. */
export function knownName(earlier: readonly TicketRow[] | null): string | undefined {
  return earlier?.find((row) => row.citizen !== '')?.citizen
}

export function KnownName({ state }: { state: DeskState }) {
  const name = (state.form?.call === state.offer?.call && state.form?.citizen) || knownName(state.offer?.earlier ?? null)
  if (!name) return null
  return (
    <Text fz={22} fw={600} data-testid="citizen-name">
      {name}
    </Text>
  )
}

// The journal tells the database of the call a moment later.
const againMs = 1_500
const mostTries = 4

/** What was pressed, in the order of the menus. */
export function Pressed({ ticket }: { ticket: string }) {
  const { w, language } = useWords(words)
  const [pressed, setPressed] = useState<TimelineEntry[]>([])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let over = false
    const look = async (tries: number) => {
      const found = await api<Ticket>('GET', `/tickets/${ticket}`).catch(() => null)
      if (over) return
      const entries = found?.timeline ?? []
      setPressed(entries.filter((entry) => entry.kind === 'key_pressed'))
      if (!entries.some((entry) => entry.kind === 'queued') && tries < mostTries) timer = setTimeout(() => void look(tries + 1), againMs)
    }
    void look(1)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [ticket])
  if (pressed.length === 0) return null
  return (
    <Group gap={6} mt="xs" data-testid="pressed" data-keys={pressed.map(digitOf).join('')}>
      <Text size="sm" c="gray.7">
        {w('pressed')}
      </Text>
      {pressed.map((entry, i) => (
        <Badge key={i} tt="none" variant="light" color="gray" c="dark" title={entry[language]}>
          {digitOf(entry)}
        </Badge>
      ))}
    </Group>
  )
}

function digitOf(entry: TimelineEntry): string {
  const { digit } = (entry.data ?? {}) as { digit?: string }
  return digit ?? ''
}
