// The hand-over sheet while the citizen speaks: what goes on it, its link, and whether the
// command centre has taken note of it.
import { Anchor, Button, Group, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import { IconCheck, IconClipboardText, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../api/client'
import type { Ticket } from '../api/types'
import { useLoad } from '../api/use-load'
import type { DeskSession } from '../desk/session'
import type { DeskState } from '../desk/state'
import { timeOfDay } from '../format/format'
import { useWords } from '../text/words'
import { e164 } from './ladder'
import { serviceName } from './services'
import { useTold, type Told } from './told'
import type { EmergencyService, Handover } from './types'
import { words } from './words'

interface SheetPanelProps {
  desk: DeskSession
  state: DeskState
  ticket: string
  handover: Handover
  services: readonly EmergencyService[]
}

export function SheetPanel({ desk, state, ticket, handover, services }: SheetPanelProps) {
  const { w } = useWords(words)
  const [number, setNumber] = useState('')
  const { form } = state
  const mine = form?.call === handover.call ? form : null
  const callback = e164(number)
  const place = mine?.place ?? {}
  const hasPlace = (place.said ?? '').trim() !== '' || place.located === true
  const toldPlace = useTold(`/calls/${handover.call}/emergency/place`, hasPlace ? { ...place, source: 'spoken' } : null)
  const noted = { name: mine?.citizen.trim() ?? '', callback: callback ?? '', note: mine?.note.trim() ?? '' }
  const toldCase = useTold(`/calls/${handover.call}/emergency/case`, Object.values(noted).some((text) => text !== '') ? noted : null)
  return (
    <Paper p="md" data-testid="sheet">
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={3} fz="md">
            <IconClipboardText size={18} aria-hidden /> {w('sheet')}
          </Title>
          <ToldText told={worse(toldPlace, toldCase)} />
        </Group>
        <TextInput
          label={w('sheetPlace')}
          maxLength={500}
          value={place.said ?? ''}
          disabled={mine === null}
          onChange={(event) => desk.edit({ place: { ...place, said: event.currentTarget.value } })}
          data-testid="sheet-place"
        />
        <Textarea
          label={w('sheetNote')}
          autosize
          minRows={2}
          maxRows={6}
          value={mine?.note ?? ''}
          disabled={mine === null}
          onChange={(event) => desk.edit({ note: event.currentTarget.value })}
          data-testid="sheet-note"
        />
        <TextInput
          label={w('sheetNumber')}
          inputMode="tel"
          value={number}
          error={callback === null ? w('sheetNumberBad') : undefined}
          onChange={(event) => setNumber(event.currentTarget.value)}
          data-testid="sheet-number"
        />
        <Links call={handover.call} ticket={ticket} asked={handover.services.map((s) => s.service)} services={services} />
      </Stack>
    </Paper>
  )
}

const order: readonly Told[] = ['none', 'told', 'telling', 'failed']

function worse(a: Told, b: Told): Told {
  return order.indexOf(a) > order.indexOf(b) ? a : b
}

function ToldText({ told }: { told: Told }) {
  const { w } = useWords(words)
  return (
    <Text size="sm" fw={600} c={told === 'failed' ? 'orange.9' : told === 'told' ? 'green.9' : 'gray.7'} role="status" data-testid="sheet-told" data-told={told}>
      {w(`told_${told}`)}
    </Text>
  )
}

const lookMs = 4_000

function Links({ call, ticket, asked, services }: { call: string; ticket: string; asked: string[]; services: readonly EmergencyService[] }) {
  const { w, pick } = useWords(words)
  const { data } = useLoad<Ticket>(`/tickets/${ticket}`, lookMs)
  const facts = (data?.timeline ?? []).map((e) => ({ ...e, service: ((e.data ?? {}) as { service?: string }).service }))
  return (
    <>
      {asked.map((service) => {
        const taken = facts.find((e) => e.kind === 'sheet_acknowledged' && e.service === service)
        const named = serviceName(services, service, pick)
        return (
          <Group key={service} gap="sm" data-testid="sheet-link" data-service={service} data-acknowledged={taken !== undefined}>
            <LinkButton call={call} service={service} named={named} />
            <Text fw={600} c={taken === undefined ? 'red.9' : 'green.9'}>
              {taken === undefined ? w('notAcknowledged', { service }) : w('acknowledged', { service, time: timeOfDay(taken.at) })}
            </Text>
          </Group>
        )
      })}
    </>
  )
}

/** Each link is good for a day and for one command centre, so it is made once and shown. */
function LinkButton({ call, service, named }: { call: string; service: string; named: string }) {
  const { w } = useWords(words)
  const [link, setLink] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [copied, setCopied] = useState(false)
  const make = async () => {
    setBusy(true)
    try {
      const made = await api<{ link: string }>('POST', `/calls/${call}/emergency/sheet`, { service })
      setLink(new URL(made.link, location.href).href)
    } catch {
      setLink(null) // the button stays, to be pressed again
    } finally {
      setBusy(false)
    }
  }
  if (link === null) {
    return (
      <Button variant="default" loading={busy} onClick={() => void make()} data-testid="sheet-make">
        {w('link', { service: named })}
      </Button>
    )
  }
  const copy = () => void navigator.clipboard?.writeText(link).then(() => setCopied(true), () => {})
  return (
    <Group gap="sm">
      <Anchor href={link} target="_blank" rel="noreferrer" data-testid="sheet-open">
        {w('linkOpen')} {service}
      </Anchor>
      <Button size="compact-md" variant="default" leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />} onClick={copy}>
        {w(copied ? 'linkCopied' : 'linkCopy')}
      </Button>
    </Group>
  )
}
