import { Alert, Badge, Button, Center, Group, Paper, Select, Table, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { AuditEntry, Role } from '../account/types'
import { api, query, wordsOf } from '../api/client'
import type { Words } from '../api/types'
import { date, timeOfDay } from '../format/format'
import { roleWords } from '../people/roles'
import { useText } from '../text/language'
import type { TextKey } from '../text/strings'
import { actWords, detailText } from './acts'

interface Page {
  entries: AuditEntry[]
  next: string
}

const results: Record<AuditEntry['result'], [TextKey, string]> = {
  done: ['auditDone', 'green.8'],
  refused: ['auditRefused', 'red.8'],
  failed: ['auditFailed', 'orange.8'],
}

/** Midnight of a date in Việt Nam, with some days more. */
function midnight(day: string, more = 0): string {
  const at = Date.parse(`${day}T00:00:00+07:00`)
  return Number.isNaN(at) ? '' : new Date(at + more * 86_400_000).toISOString()
}

/** Who did what; search and filters stand in the address, so it can be shared. */
export function AuditPage() {
  const { t, pick } = useText()
  const [search, setSearch] = useSearchParams()
  const [typed, setTyped] = useState(search.get('q') ?? '')
  const [q] = useDebouncedValue(typed, 250)
  const [entries, setEntries] = useState<AuditEntry[] | null>(null)
  const [next, setNext] = useState('')
  const [problem, setProblem] = useState<Words | null>(null)
  const [act, from, to] = ['act', 'from', 'to'].map((name) => search.get(name) ?? '') as [string, string, string]
  const filter = { q, act, since: midnight(from), until: midnight(to, 1) }
  const asked = query(filter)

  useEffect(() => {
    // An answer that comes after the next question was asked is of no use.
    let wanted = true
    api<Page>('GET', `/audit${asked}`).then(
      (page) => {
        if (!wanted) return
        setEntries(page.entries)
        setNext(page.next)
        setProblem(null)
      },
      (error: unknown) => wanted && setProblem(wordsOf(error)),
    )
    return () => {
      wanted = false
    }
  }, [asked])

  const choose = (change: Record<string, string>) => setSearch(new URLSearchParams(query({ q, act, from, to, ...change })), { replace: true })
  useEffect(() => {
    setSearch(new URLSearchParams(query({ q, act, from, to })), { replace: true })
  }, [q, act, from, to, setSearch])
  const more = async () => {
    try {
      const page = await api<Page>('GET', `/audit${query({ ...filter, before: next })}`)
      setEntries([...(entries ?? []), ...page.entries])
      setNext(page.next)
    } catch (error) {
      setProblem(wordsOf(error))
    }
  }

  return (
    <Paper p="md" data-testid="audit">
      <Group mb="md" align="end">
        <TextInput flex={1} size="md" type="search" leftSection={<IconSearch size={20} />} placeholder={t('auditFind')} aria-label={t('auditFind')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} data-testid="audit-search" />
        <Select size="md" w={280} clearable searchable placeholder={t('auditAll')} aria-label={t('auditAct')} data={Object.entries(actWords).map(([value, words]) => ({ value, label: pick(words) }))} value={act || null} onChange={(value) => choose({ act: value ?? '' })} data-testid="audit-act" />
        <TextInput size="md" type="date" w={170} aria-label={t('auditSince')} title={t('auditSince')} value={from} onChange={(event) => choose({ from: event.currentTarget.value })} />
        <TextInput size="md" type="date" w={170} aria-label={t('auditUntil')} title={t('auditUntil')} value={to} onChange={(event) => choose({ to: event.currentTarget.value })} />
      </Group>
      {problem !== null && <Alert color="red">{pick(problem)}</Alert>}
      {entries !== null && entries.length > 0 && <Entries entries={entries} />}
      {entries?.length === 0 && <Center p="xl">{t('auditNone')}</Center>}
      {next !== '' && (
        <Center mt="md">
          <Button variant="default" onClick={() => void more()} data-testid="audit-more">
            {t('more')}
          </Button>
        </Center>
      )}
    </Paper>
  )
}

function Entries({ entries }: { entries: AuditEntry[] }) {
  const { t, pick } = useText()
  return (
    <Table highlightOnHover verticalSpacing="xs" fz="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('auditAt')}</Table.Th>
          <Table.Th>{t('auditWho')}</Table.Th>
          <Table.Th>{t('auditAct')}</Table.Th>
          <Table.Th>{t('auditOn')}</Table.Th>
          <Table.Th>{t('auditResult')}</Table.Th>
          <Table.Th>{t('auditFrom')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map((e) => {
          const [word, color] = results[e.result]
          const words = actWords[e.act]
          const detail = Object.entries(e.detail).map(([name, value]) => detailText(name, value, pick))
          return (
            <Table.Tr key={e.id} data-testid="audit-entry" data-act={e.act} data-who={e.who} data-result={e.result}>
              <Table.Td className="tick" style={{ whiteSpace: 'nowrap' }}>
                {date(e.at)} {timeOfDay(e.at)}
              </Table.Td>
              <Table.Td>
                <Text fw={600}>{e.name || e.who}</Text>
                <Text size="sm" c="gray.7">
                  {[e.name === e.who ? '' : e.who, e.role === '' ? '' : pick(roleWords[e.role as Role])].filter(Boolean).join(' · ')}
                </Text>
              </Table.Td>
              <Table.Td>
                {words === undefined ? e.act : pick(words)}
                {detail.length > 0 && (
                  <Text size="sm" c="gray.7">
                    {detail.join(' · ')}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>{e.on === e.who ? '' : e.on}</Table.Td>
              <Table.Td>
                <Badge color={color} tt="none">
                  {t(word)}
                </Badge>
              </Table.Td>
              <Table.Td className="tick">{e.address}</Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}
