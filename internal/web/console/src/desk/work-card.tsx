// What waits for this agent between calls: citizens who were promised a callback, and the
// tickets they wrote last.
import { Anchor, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import type { TicketRow } from '../api/types'
import { useLoad } from '../api/use-load'
import { dateTime, duration } from '../format/format'
import { useNow } from '../shell/use-now'
import type { Sheets } from '../shifts/types'
import { useText } from '../text/language'
import { useWords } from '../text/words'
import { statusColor } from '../theme'
import { OutcomeText } from '../tickets/outcome-text'
import { words } from './work-words'

const oftenMs = 20_000
const mostShown = 5

export function WorkCard({ agent }: { agent: string }) {
  const { w } = useWords(words)
  const { data: sheets } = useLoad<Sheets>('/roster/sheets', oftenMs)
  const { data: missed } = useLoad<{ tickets: TicketRow[] }>(`/tickets?status=missed&limit=${mostShown}`, oftenMs)
  const { data: mine } = useLoad<{ tickets: TicketRow[] }>(`/tickets?agent=${encodeURIComponent(agent)}&limit=${mostShown}`, oftenMs)
  const callbacks = sheets?.running.callbacks ?? []
  return (
    <Paper p="md" data-testid="work">
      <Head title={w('callbacks')} to="/tickets?status=missed" all={w('allMissed')} />
      {sheets !== null && callbacks.length === 0 && (missed?.tickets ?? []).length === 0 && <Text c="gray.7">{w('noCallbacks')}</Text>}
      <Stack gap={4}>
        {callbacks.slice(0, mostShown).map((due) => (
          <Due key={due.call} due={due} />
        ))}
        {(missed?.tickets ?? []).map((row) => (
          <Line key={row.code} row={row} testId="missed-ticket" />
        ))}
      </Stack>
      <Head title={w('mine')} to={`/tickets?agent=${encodeURIComponent(agent)}`} all={w('allMine')} />
      {mine?.tickets.length === 0 && <Text c="gray.7">{w('noTickets')}</Text>}
      <Stack gap={4}>
        {(mine?.tickets ?? []).map((row) => (
          <Line key={row.code} row={row} testId="my-ticket" />
        ))}
      </Stack>
    </Paper>
  )
}

function Head({ title, to, all }: { title: string; to: string; all: string }) {
  return (
    <Group justify="space-between" mb={4} mt="xs">
      <Title order={2} fz="md">
        {title}
      </Title>
      <Anchor component={Link} href={to} size="sm">
        {all}
      </Anchor>
    </Group>
  )
}

function Due({ due }: { due: { ticket: string; due: string; tries: number } }) {
  const { w } = useWords(words)
  const now = useNow()
  const late = now - Date.parse(due.due)
  return (
    <Group gap="xs" data-testid="callback-due">
      <Anchor component={Link} href={`/tickets/${due.ticket}`} fw={600} className="tick">
        {due.ticket}
      </Anchor>
      <Text size="sm" className="tick" fw={late > 0 ? 700 : 400} c={late > 0 ? 'red.9' : undefined}>
        {late > 0 ? w('overdue', { time: duration(late) }) : w('dueAt', { time: dateTime(due.due) })}
      </Text>
      {due.tries > 0 && <Text size="sm">{w('tries', { n: due.tries })}</Text>}
    </Group>
  )
}

function Line({ row, testId }: { row: TicketRow; testId: string }) {
  const { t } = useText()
  return (
    <Group gap="xs" wrap="nowrap" data-testid={testId}>
      <Anchor component={Link} href={`/tickets/${row.code}`} fw={600} className="tick">
        {row.code}
      </Anchor>
      <Badge miw="max-content" tt="none" color={statusColor[row.status]} variant="light" c={`${statusColor[row.status]}.9`}>
        {t(row.status)}
      </Badge>
      <Text size="sm" lineClamp={1}>
        {row.citizen || row.note || <OutcomeText outcome={row.outcome} />}
      </Text>
    </Group>
  )
}
