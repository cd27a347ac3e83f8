// All that was kept; what is looked for stands in the address, so it can be shared.
import { Alert, Anchor, Button, Center, Group, Paper, Select, Stack, Table, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Fragment, useEffect, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { query } from '../api/client'
import { midnight, usePages } from '../api/use-pages'
import { dateTime, duration } from '../format/format'
import { useStaffNames } from '../calls/use-staff-names'
import { useText } from '../text/language'
import { useWords } from '../text/words'
import { callerText } from '../tickets/caller-text'
import { Player } from './player'
import type { RecordingRow } from './types'
import { words } from './words'

const groups = ['procedure', 'emergency', 'field'] as const

export function RecordingsPage() {
  const { w, pick } = useWords(words)
  const { t } = useText()
  const people = useStaffNames()
  const [search, setSearch] = useSearchParams()
  const [from, to, agent, group, open] = ['from', 'to', 'agent', 'group', 'open'].map((name) => search.get(name) ?? '') as [string, string, string, string, string]
  const [typed, setTyped] = useState(search.get('number') ?? '')
  const [number] = useDebouncedValue(typed, 250)
  const filter = { from, to, agent, group, number, open }
  const choose = (change: Partial<typeof filter>) => setSearch(new URLSearchParams(query({ ...filter, ...change })), { replace: true })
  useEffect(() => {
    if ((search.get('number') ?? '') !== number) choose({ number })
  }, [number])
  const { rows, problem, more } = usePages<RecordingRow>('/recordings', query({ since: midnight(from), until: midnight(to, 1), agent, number, group }), 'recordings')
  return (
    <Paper p="md" data-testid="recordings">
      <Group mb="md" align="end">
        <TextInput type="date" label={w('since')} value={from} onChange={(event) => choose({ from: event.currentTarget.value })} />
        <TextInput type="date" label={w('until')} value={to} onChange={(event) => choose({ to: event.currentTarget.value })} />
        <Select w={240} clearable searchable label={w('agent')} data={people.map(({ id, name }) => ({ value: id, label: name }))} value={agent || null} onChange={(value) => choose({ agent: value ?? '' })} data-testid="recordings-agent" />
        <TextInput type="search" label={w('number')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} data-testid="recordings-number" />
        <Select w={240} clearable label={w('group')} data={groups.map((g) => ({ value: g, label: t(g) }))} value={group || null} onChange={(value) => choose({ group: value ?? '' })} />
      </Group>
      {problem !== null && <Alert color="red">{pick(problem)}</Alert>}
      {rows?.length === 0 && <Center p="xl">{w('none')}</Center>}
      {rows !== null && rows.length > 0 && (
        <Table verticalSpacing="xs" fz="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{w('kept')}</Table.Th>
              <Table.Th>{w('length')}</Table.Th>
              <Table.Th>{w('citizen')}</Table.Th>
              <Table.Th>{w('group')}</Table.Th>
              <Table.Th>{w('agent')}</Table.Th>
              <Table.Th>{w('ticket')}</Table.Th>
              <Table.Th aria-label={w('open')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => {
              const key = `${row.call} ${row.n}`
              return (
                <Fragment key={key}>
                  <Row row={row} open={open === key} onOpen={() => choose({ open: open === key ? '' : key })} />
                  {open === key && (
                    <Table.Tr>
                      <Table.Td colSpan={7}>
                        <Player recording={row} />
                      </Table.Td>
                    </Table.Tr>
                  )}
                </Fragment>
              )
            })}
          </Table.Tbody>
        </Table>
      )}
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

function Row({ row, open, onOpen }: { row: RecordingRow; open: boolean; onOpen: () => void }) {
  const { w } = useWords(words)
  const { t } = useText()
  return (
    <Table.Tr data-testid="recording-row" data-call={row.call}>
      <Table.Td className="tick">{dateTime(row.at)}</Table.Td>
      <Table.Td className="tick">{duration(row.duration_ms)}</Table.Td>
      <Table.Td>
        <Stack gap={0}>
          {callerText(row, t)}
          {row.what !== 'conversation' && (
            <Text size="sm" c="gray.7">
              {t(`recordingOf_${row.what}`)}
            </Text>
          )}
        </Stack>
      </Table.Td>
      <Table.Td>{row.group === '' ? '' : t(row.group)}</Table.Td>
      <Table.Td>{row.agent_name}</Table.Td>
      <Table.Td>
        {row.ticket !== '' && (
          <Anchor component={Link} href={`/tickets/${row.ticket}`} className="tick">
            {row.ticket}
          </Anchor>
        )}
      </Table.Td>
      <Table.Td>
        <Button size="xs" variant={open ? 'filled' : 'light'} aria-expanded={open} onClick={onOpen} data-testid="recording-open">
          {open ? t('close') : w('open')}
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}
