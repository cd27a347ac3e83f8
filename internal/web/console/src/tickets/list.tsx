import { Alert, Anchor, Badge, Button, Center, Group, Paper, Select, Table, Text, TextInput } from '@mantine/core'
import { useDebouncedValue, useHotkeys } from '@mantine/hooks'
import { IconMicrophone, IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import { api, query, wordsOf } from '../api/client'
import type { TicketRow, Words } from '../api/types'
import { dateTime } from '../format/format'
import { useText } from '../text/language'
import { groupColor, statusColor } from '../theme'
import { callerText } from './caller-text'
import { OutcomeText } from './outcome-text'

const groups = ['procedure', 'emergency', 'field'] as const
const statuses = ['new', 'answered', 'missed'] as const

interface Page {
  tickets: TicketRow[] | null
  next: string
}

/** The list of tickets; search and filters stand in the address, so it can be shared. */
export function TicketsPage() {
  const { t, pick } = useText()
  const [search, setSearch] = useSearchParams()
  const [typed, setTyped] = useState(search.get('q') ?? '')
  const [q] = useDebouncedValue(typed, 250)
  const [rows, setRows] = useState<TicketRow[] | null>(null)
  const [next, setNext] = useState('')
  const [problem, setProblem] = useState<Words | null>(null)
  const input = useRef<HTMLInputElement>(null)
  useHotkeys([['/', () => input.current?.focus()]])

  const group = search.get('group') ?? ''
  const status = search.get('status') ?? ''
  const agent = search.get('agent') ?? ''
  const filter = { q, group, status, agent }

  useEffect(() => {
    // An answer that comes after the next question was asked is of no use.
    let asked = true
    const show = ({ tickets, next: cursor }: Page) => {
      if (!asked) return
      setRows(tickets ?? [])
      setNext(cursor)
      setProblem(null)
    }
    api<Page>('GET', `/tickets${query({ q, group, status, agent })}`).then(show, (error: unknown) => asked && setProblem(wordsOf(error)))
    setSearch(new URLSearchParams(query({ q, group, status, agent })), { replace: true })
    return () => {
      asked = false
    }
  }, [q, group, status, agent, setSearch])

  const more = async () => {
    try {
      const page = await api<Page>('GET', `/tickets${query({ ...filter, before: next })}`)
      setRows([...(rows ?? []), ...(page.tickets ?? [])])
      setNext(page.next)
    } catch (error) {
      setProblem(wordsOf(error))
    }
  }
  const choose = (change: Record<string, string>) => setSearch(new URLSearchParams(query({ ...filter, ...change })), { replace: true })

  return (
    <Paper p="md">
      <Group mb="md">
        <TextInput
          ref={input}
          flex={1}
          size="md"
          type="search"
          leftSection={<IconSearch size={20} />}
          placeholder={t('search')}
          aria-label={t('search')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-testid="ticket-search"
        />
        {agent !== '' && (
          <Button size="md" variant="light" rightSection={<IconX size={16} />} onClick={() => choose({ agent: '' })} data-testid="ticket-agent">
            {t('agent')}: {rows?.[0]?.agent_name ?? agent}
          </Button>
        )}
        <Select size="md" w={230} clearable placeholder={t('allGroups')} aria-label={t('group')} data={groups.map((value) => ({ value, label: t(value) }))} value={group || null} onChange={(value) => choose({ group: value ?? '' })} data-testid="ticket-group" />
        <Select size="md" w={230} clearable placeholder={t('allStatuses')} aria-label={t('status')} data={statuses.map((value) => ({ value, label: t(value) }))} value={status || null} onChange={(value) => choose({ status: value ?? '' })} data-testid="ticket-status" />
      </Group>
      {problem !== null && <Alert color="red">{pick(problem)}</Alert>}
      {rows !== null && rows.length > 0 && <Rows rows={rows} />}
      {rows?.length === 0 && <Center p="xl">{t('noTickets')}</Center>}
      {next !== '' && (
        <Center mt="md">
          <Button variant="default" onClick={() => void more()}>
            {t('more')}
          </Button>
        </Center>
      )}
    </Paper>
  )
}

function Rows({ rows }: { rows: TicketRow[] }) {
  const { t } = useText()
  const [, go] = useLocation()
  return (
    <Table highlightOnHover verticalSpacing="xs" fz="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('code')}</Table.Th>
          <Table.Th>{t('openedAt')}</Table.Th>
          <Table.Th>{t('caller')}</Table.Th>
          <Table.Th>{t('group')}</Table.Th>
          <Table.Th>{t('status')}</Table.Th>
          <Table.Th w="32%">{t('note')}</Table.Th>
          <Table.Th>{t('agent')}</Table.Th>
          <Table.Th aria-label={t('recording')} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.code} onClick={() => go(`/tickets/${row.code}`)} style={{ cursor: 'pointer' }} data-testid="ticket-row">
            <Table.Td>
              <Anchor component={Link} href={`/tickets/${row.code}`} fw={600} className="tick">
                {row.code}
              </Anchor>
            </Table.Td>
            <Table.Td className="tick nowrap">{dateTime(row.opened_at)}</Table.Td>
            <Table.Td className="tick nowrap">{callerText(row, t)}</Table.Td>
            <Table.Td>
              {row.group !== '' && (
                <Text c={`${groupColor[row.group]}.9`} fw={600} span>
                  {t(row.group)}
                </Text>
              )}
              {row.field_vi && <Text size="sm">{row.field_vi}</Text>}
            </Table.Td>
            <Table.Td>
              <Badge size="lg" miw="max-content" tt="none" variant="light" color={statusColor[row.status]} c={`${statusColor[row.status]}.9`}>
                {t(row.status)}
              </Badge>
            </Table.Td>
            <Table.Td>
              <Text lineClamp={2} size="sm">
                {row.note || <OutcomeText outcome={row.outcome} />}
              </Text>
            </Table.Td>
            <Table.Td>{row.agent_name}</Table.Td>
            <Table.Td>{row.recording && <IconMicrophone size={18} aria-label={t('recording')} />}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
