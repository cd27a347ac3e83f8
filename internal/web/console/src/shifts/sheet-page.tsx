import { Alert, Anchor, Badge, Button, Center, Grid, Group, Loader, Paper, SegmentedControl, Stack, Text, Textarea, Title } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import { api, wordsOf } from '../api/client'
import type { Staff, Words } from '../api/types'
import { useLoad } from '../api/use-load'
import { dateTime } from '../format/format'
import { useWords } from '../text/words'
import { todayIso } from './dates'
import { ShiftFrame } from './frame'
import { firstSheet, rightsOn } from './rights'
import { slotText } from './slot-text'
import type { Plan, Sheet, Sheets, Who } from './types'
import { words } from './words'

const stateColor: Record<Sheet['state'], string> = { open: 'orange', written: 'blue', taken: 'green' }

/** What one shift hands over to the next. */
export function SheetPage({ staff }: { staff: Staff }) {
  const { w } = useWords(words)
  const { data, problem, reload } = useLoad<Sheets>('/roster/sheets', 10_000)
  const { data: plan } = useLoad<Plan>(`/roster?from=${todayIso()}&days=1`)
  const [chosen, setChosen] = useState<'running' | 'last' | null>(null)
  if (data === null) {
    return (
      <ShiftFrame staff={staff} problem={problem}>
        <Center mih="30vh">{problem === null && <Loader />}</Center>
      </ShiftFrame>
    )
  }
  const which = chosen ?? firstSheet(data, staff.id)
  const sheet = which === 'last' ? data.last : data.running
  return (
    <ShiftFrame staff={staff} problem={problem}>
      <SegmentedControl
        mb="md"
        value={which}
        onChange={(value) => setChosen(value === 'last' ? 'last' : 'running')}
        data={[
          { value: 'running', label: w('sheetRunning') },
          { value: 'last', label: w('sheetLast') },
        ]}
      />
      {sheet === null ? <Text>{w('noSheet')}</Text> : <SheetView key={sheet.date + sheet.shift} sheet={sheet} plan={plan} staff={staff} running={which === 'running'} onChange={reload} />}
    </ShiftFrame>
  )
}

interface ViewProps {
  sheet: Sheet
  plan: Plan | null
  staff: Staff
  running: boolean
  onChange: () => void
}

function SheetView({ sheet, plan, staff, running, onChange }: ViewProps) {
  const { w, pick, language } = useWords(words)
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<Words | null>(null)
  const [busy, setBusy] = useState('')
  const rights = rightsOn(sheet, staff)
  const does = async (what: 'notes' | 'sign' | 'take', body?: unknown) => {
    setBusy(what)
    try {
      await api('POST', `/roster/sheets/${sheet.date}/${encodeURIComponent(sheet.shift)}/${what}`, body)
      setProblem(null)
      if (what === 'notes') setNote('')
    } catch (error) {
      setProblem(wordsOf(error))
    } finally {
      setBusy('')
      onChange()
    }
  }
  return (
    <Stack data-testid="sheet" data-state={sheet.state}>
      <Group gap="md">
        <Title order={1} fz={22}>
          {w('sheetOf', { slot: slotText(sheet, plan?.shifts ?? [], language) })}
        </Title>
        <Badge tt="none" size="lg" color={`${stateColor[sheet.state]}.8`}>
          {w(`${sheet.state}State`)}
        </Badge>
        <Text className="tick">{w(running ? 'changesAt' : 'changedAt', { time: dateTime(sheet.changes_at) })}</Text>
      </Group>
      {problem !== null && (
        <Alert color="red" role="alert" data-testid="sheet-problem">
          {pick(problem)}
        </Alert>
      )}
      <Grid gap="md">
        <Grid.Col span={5}>
          <Stack gap="md">
            <Paper p="sm">
              <People title={w('outgoing')} people={sheet.outgoing} />
              <People title={w('incoming')} people={sheet.incoming} />
              {sheet.staying.length > 0 && <People title={w('staying')} people={sheet.staying} />}
            </Paper>
            <Open title={w('openCalls')} count={sheet.calls.length}>
              {sheet.calls.map((c) => (
                <Text key={c.call}>
                  {c.ticket === '' ? c.call : <TicketLink code={c.ticket} />} · {dateTime(c.since)}
                  {c.emergency && (
                    <Text span c="red.8" fw={700}>
                      {' '}
                      {w('emergencyCall')}
                    </Text>
                  )}
                </Text>
              ))}
            </Open>
            <Open title={w('openCallbacks')} count={sheet.callbacks.length}>
              {sheet.callbacks.map((c) => (
                <Text key={c.call}>
                  <TicketLink code={c.ticket} /> · {w('due', { time: dateTime(c.due) })}
                  {c.tries > 0 && ` · ${w('tries', { n: c.tries })}`}
                </Text>
              ))}
            </Open>
            <Open title={w('openTickets')} count={sheet.tickets.length}>
              {sheet.tickets.map((x) => (
                <Text key={x.ticket}>
                  <TicketLink code={x.ticket} /> {hasTime(x.deadline) && `· ${w('deadline', { time: dateTime(x.deadline) })} `}· {x.note}
                </Text>
              ))}
            </Open>
          </Stack>
        </Grid.Col>
        <Grid.Col span={7}>
          <Paper p="sm">
            <Title order={2} fz="md" mb="xs">
              {w('notes')}
            </Title>
            {sheet.notes.length === 0 && <Text c="gray.7">{w('noNotes')}</Text>}
            {sheet.notes.map((n) => (
              <div key={n.agent + n.at} data-testid="sheet-note">
                <Text size="sm" c="gray.7" className="tick">
                  {n.name} · {dateTime(n.at)}
                </Text>
                <Text mb="sm" style={{ whiteSpace: 'pre-wrap' }}>
                  {n.text}
                </Text>
              </div>
            ))}
            {rights.write && (
              <>
                <Textarea aria-label={w('notes')} placeholder={w('notePlaceholder')} autosize minRows={3} maxLength={2000} value={note} onChange={(event) => setNote(event.currentTarget.value)} data-testid="sheet-text" />
                <Group mt="sm" justify="space-between">
                  <Button variant="default" disabled={note.trim() === ''} loading={busy === 'notes'} onClick={() => void does('notes', { text: note })} data-testid="sheet-add">
                    {w('addNote')}
                  </Button>
                  <Button title={w('signAsk')} disabled={note.trim() !== ''} loading={busy === 'sign'} onClick={() => void does('sign')} data-testid="sheet-sign">
                    {w('sign')}
                  </Button>
                </Group>
              </>
            )}
            {rights.take && (
              <Button mt="sm" loading={busy === 'take'} onClick={() => void does('take')} data-testid="sheet-take">
                {w('take')}
              </Button>
            )}
            {sheet.writer !== null && sheet.written_at !== null && <Text mt="md">{w('signedBy', { name: sheet.writer.name, time: dateTime(sheet.written_at) })}</Text>}
            {sheet.reads.map((r) => (
              <Text key={r.agent}>{w('readBy', { name: r.name, time: dateTime(r.at) })}</Text>
            ))}
            {sheet.state !== 'open' && sheet.unread.length > 0 && (
              <Text c="orange.9" fw={600}>
                {w('unread', { names: sheet.unread.map((p) => p.name).join(', ') })}
              </Text>
            )}
          </Paper>
        </Grid.Col>
      </Grid>
    </Stack>
  )
}

function People({ title, people }: { title: string; people: Who[] }) {
  const { w } = useWords(words)
  return (
    <Text mb={4}>
      <b>{title}:</b> {people.length === 0 ? w('nobody') : people.map((p) => p.name).join(', ')}
    </Text>
  )
}

function Open({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  const { w } = useWords(words)
  return (
    <Paper p="sm">
      <Title order={2} fz="md">
        {title} {count > 0 && `(${count})`}
      </Title>
      {count === 0 ? <Text c="gray.7">{w('nothingOpen')}</Text> : children}
    </Paper>
  )
}

function TicketLink({ code }: { code: string }) {
  return (
    <Anchor component={Link} href={`/tickets/${code}`} className="tick" underline="always">
      {code}
    </Anchor>
  )
}

/** The server's zero time is no deadline. */
function hasTime(at: string): boolean {
  return Date.parse(at) > 0
}
