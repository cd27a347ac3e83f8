// A line's or an agent's past in pictures; every period is opened down to its calls.
import { Alert, Anchor, Center, Group, Loader, Paper, SegmentedControl, Select, Stack, Table, TextInput } from '@mantine/core'
import { Link, useSearchParams } from 'wouter'
import { query } from '../api/client'
import { useLoad } from '../api/use-load'
import { midnight, today } from '../api/use-pages'
import { callsHref } from '../calls/kinds'
import { useStaffNames } from '../calls/use-staff-names'
import { duration } from '../format/format'
import { useText } from '../text/language'
import { useWords } from '../text/words'
import { Chart } from './chart'
import classes from './history.module.css'
import { filled, lastDay, mean, service, shortDate, type Period, type Unit } from './periods'
import { words } from './words'

const daysBack = 27

export function HistoryPage() {
  const { w, pick } = useWords(words)
  const { t } = useText()
  const people = useStaffNames()
  const [search, setSearch] = useSearchParams()
  const by: Unit = search.get('by') === 'week' ? 'week' : 'day'
  const from = search.get('from') ?? today(-daysBack)
  const to = search.get('to') ?? today()
  const [queue, agent] = [search.get('queue') ?? '', search.get('agent') ?? '']
  const choose = (change: Record<string, string>) => setSearch(new URLSearchParams(query({ by, from, to, queue, agent, ...change })), { replace: true })
  const asked = query({ by, since: midnight(from), until: midnight(to, 1), queue, agent })
  const { data, problem } = useLoad<{ periods: Period[] }>(midnight(from) === '' || midnight(to) === '' ? null : `/history${asked}`)
  return (
    <Stack data-testid="history">
      <Paper p="md">
        <Group align="end">
          <SegmentedControl value={by} onChange={(value) => choose({ by: value })} data={(['day', 'week'] as const).map((unit) => ({ value: unit, label: w(unit) }))} data-testid="history-by" />
          <TextInput type="date" label={w('since')} value={from} onChange={(event) => choose({ from: event.currentTarget.value })} />
          <TextInput type="date" label={w('until')} value={to} onChange={(event) => choose({ to: event.currentTarget.value })} />
          <Select w={240} clearable label={w('queue')} data={(['procedure', 'emergency', 'field'] as const).map((q) => ({ value: q, label: t(q) }))} value={queue || null} onChange={(value) => choose({ queue: value ?? '' })} />
          <Select w={240} clearable searchable label={w('agent')} data={people.map(({ id, name }) => ({ value: id, label: name }))} value={agent || null} onChange={(value) => choose({ agent: value ?? '' })} />
        </Group>
      </Paper>
      {problem !== null && <Alert color="red">{pick(problem)}</Alert>}
      {data === null ? <Center mih="30vh">{problem === null && <Loader />}</Center> : <Past periods={filled(data.periods, from, to, by)} by={by} queue={queue} agent={agent} />}
    </Stack>
  )
}

function Past({ periods, by, queue, agent }: { periods: Period[]; by: Unit; queue: string; agent: string }) {
  const { w } = useWords(words)
  if (periods.every((p) => p.arrived === 0 && p.offered === 0)) return <Center p="xl">{w('none')}</Center>
  const labels = periods.map((p) => shortDate(p.date))
  const series = (name: keyof typeof words, color: string, value: (p: Period) => number | null) => ({ name: w(name), color, values: periods.map(value) })
  const href = (at: number) => {
    const date = periods[at]?.date ?? ''
    return callsHref({ kind: 'entered', queue, agent, from: date, to: lastDay(date, by) })
  }
  const counts =
    agent === ''
      ? [series('entered', '#868e96', (p) => p.entered), series('answered', '#2b8a3e', (p) => p.answered), series('abandoned', '#c92a2a', (p) => p.abandoned)]
      : [series('offered', '#868e96', (p) => p.offered), series('answered', '#2b8a3e', (p) => p.answered), series('missed', '#c92a2a', (p) => p.missed), series('refused', '#e67700', (p) => p.refused)]
  const shared = { labels, href }
  return (
    <>
      <Paper p="md" className={classes.charts} data-testid="history-charts">
        <Chart title={w('calls')} series={counts} kind="bars" text={(n) => String(Math.round(n))} {...shared} />
        <Chart title={w('service')} series={[series('service', '#1560b8', service)]} kind="line" most={100} text={(n) => `${Math.round(n)} %`} {...shared} />
        <Chart title={w('talk')} series={[series('talk', '#0b7285', (p) => mean(p.talked_ms, p)), series('wait', '#e67700', (p) => mean(p.waited_ms, p))]} kind="line" text={duration} {...shared} />
      </Paper>
      <Paper p="md">
        <Numbers periods={periods} by={by} queue={queue} agent={agent} />
      </Paper>
    </>
  )
}

function Numbers({ periods, by, queue, agent }: { periods: Period[]; by: Unit; queue: string; agent: string }) {
  const { w } = useWords(words)
  const columns = agent === '' ? (['entered', 'answered', 'abandoned'] as const) : (['offered', 'answered', 'missed', 'refused'] as const)
  const opens = { entered: 'entered', answered: 'answered', abandoned: 'abandoned' } as const
  return (
    <Table className="tick" verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          {(['period', ...columns, 'service', 'talk', 'wait'] as const).map((name) => (
            <Table.Th key={name}>{w(name)}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {[...periods].reverse().map((p) => {
          const percent = service(p)
          const span = { queue, agent, from: p.date, to: lastDay(p.date, by) }
          return (
            <Table.Tr key={p.date} data-testid="history-period" data-date={p.date}>
              <Table.Td>{by === 'day' ? shortDate(p.date) : `${shortDate(p.date)}–${shortDate(lastDay(p.date, by))}`}</Table.Td>
              {columns.map((name) => (
                <Table.Td key={name}>
                  {name in opens && p[name] > 0 ? (
                    <Anchor component={Link} href={callsHref({ kind: opens[name as keyof typeof opens], ...span })}>
                      {p[name]}
                    </Anchor>
                  ) : (
                    p[name]
                  )}
                </Table.Td>
              ))}
              <Table.Td>{percent === null ? '–' : `${percent} %`}</Table.Td>
              <Table.Td>{p.answered === 0 ? '–' : duration(p.talked_ms / p.answered)}</Table.Td>
              <Table.Td>{p.answered === 0 ? '–' : duration(p.waited_ms / p.answered)}</Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}
