// The calls behind a number; what they are stands in the address, so it can be shared.
import { Alert, Anchor, Button, Center, Group, Paper, Select, Table, TextInput } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link, useLocation, useSearchParams } from 'wouter'
import { usePages } from '../api/use-pages'
import type { TicketRow } from '../api/types'
import { dateTime, duration } from '../format/format'
import { useText } from '../text/language'
import { useWords } from '../text/words'
import { callerText } from '../tickets/caller-text'
import { OutcomeText } from '../tickets/outcome-text'
import { callsHref, callsQuery, kindOf, kinds, type CallsWanted } from './kinds'
import { isGroup } from './queue-name'
import { useStaffNames, type StaffName } from './use-staff-names'
import { words } from './words'

interface CallRow {
  id: string
  caller: string
  arrived_at: string
  ended_at: string | null
  stage: string
  queue: string
  agent: string
  ticket: string
  waited_ms: number
  talked_ms: number
  outcome: TicketRow['outcome'] | null
  outbound: boolean
}

export function CallsPage() {
  const { w, pick } = useWords(words)
  const { t } = useText()
  const [, go] = useLocation()
  const [search] = useSearchParams()
  const people = useStaffNames()
  const within = search.get('within')
  const wanted: CallsWanted = {
    kind: kindOf(search.get('of')),
    queue: search.get('queue') ?? '',
    agent: search.get('agent') ?? '',
    from: search.get('from') ?? '',
    to: search.get('to') ?? '',
    within: within === null ? undefined : Number(within),
  }
  const { rows, problem, more } = usePages<CallRow>('/calls', callsQuery(wanted), 'calls')
  const choose = (change: CallsWanted) => go(callsHref({ ...wanted, ...change }), { replace: true })
  return (
    <Paper p="md" data-testid="calls" data-rows={rows?.length}>
      <Group mb="md" align="end">
        <Button component={Link} href="/wallboard" variant="subtle" leftSection={<IconArrowLeft size={18} />}>
          {w('back')}
        </Button>
        <Select w={280} allowDeselect={false} label={w('which')} data={kinds.map((kind) => ({ value: kind, label: w(`of_${kind}`) }))} value={wanted.kind ?? 'all'} onChange={(value) => choose({ kind: kindOf(value) })} />
        <TextInput type="date" label={w('since')} value={wanted.from ?? ''} onChange={(event) => choose({ from: event.currentTarget.value })} />
        <TextInput type="date" label={w('until')} value={wanted.to ?? ''} onChange={(event) => choose({ to: event.currentTarget.value })} />
        <Select w={240} clearable searchable label={w('agent')} data={people.map(({ id, name }) => ({ value: id, label: name }))} value={wanted.agent || null} onChange={(value) => choose({ agent: value ?? '' })} />
        <TextInput w={160} label={w('queue')} value={wanted.queue ?? ''} onChange={(event) => choose({ queue: event.currentTarget.value })} />
      </Group>
      {problem !== null && <Alert color="red">{pick(problem)}</Alert>}
      {rows?.length === 0 && <Center p="xl">{w('none')}</Center>}
      {rows !== null && rows.length > 0 && <Rows rows={rows} people={people} />}
      {more !== null && (
        <Center mt="md">
          <Button variant="default" onClick={() => void more()}>
            {t('more')}
          </Button>
        </Center>
      )}
    </Paper>
  )
}

function Rows({ rows, people }: { rows: CallRow[]; people: StaffName[] }) {
  const { w } = useWords(words)
  const { t } = useText()
  const name = (id: string) => people.find((p) => p.id === id)?.name ?? id
  return (
    <Table highlightOnHover verticalSpacing="xs" fz="md">
      <Table.Thead>
        <Table.Tr>
          {(['arrived', 'citizen', 'queue', 'agent', 'waited', 'talked', 'outcome', 'ticket'] as const).map((column) => (
            <Table.Th key={column}>{w(column)}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.id} data-testid="call-row" data-call={row.id} data-stage={row.stage}>
            <Table.Td className="tick">{dateTime(row.arrived_at)}</Table.Td>
            <Table.Td>{callerText({ caller: row.caller, caller_vi: '' }, t)}</Table.Td>
            <Table.Td>{isGroup(row.queue) ? t(row.queue) : row.queue}</Table.Td>
            <Table.Td>{name(row.agent)}</Table.Td>
            <Table.Td className="tick">{row.waited_ms > 0 && duration(row.waited_ms)}</Table.Td>
            <Table.Td className="tick">{row.talked_ms > 0 && duration(row.talked_ms)}</Table.Td>
            <Table.Td>
              <OutcomeText outcome={row.outcome ?? { result: '', by: '', stage: '' }} />
            </Table.Td>
            <Table.Td>
              <Anchor component={Link} href={`/tickets/${row.ticket}`} className="tick">
                {row.ticket}
              </Anchor>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
