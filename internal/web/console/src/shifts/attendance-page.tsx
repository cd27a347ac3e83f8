import { ActionIcon, Badge, Center, Group, Loader, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { serverNow } from '../api/clock'
import type { Staff } from '../api/types'
import { useLoad } from '../api/use-load'
import { timeOfDay } from '../format/format'
import { useWords } from '../text/words'
import { DateField } from './date-field'
import { addDays, todayIso, weekday, weekdayName } from './dates'
import { ShiftFrame } from './frame'
import { runningFirst } from './plan'
import { isLead, type Attended, type AttendedPerson, type Plan } from './types'
import { words } from './words'

const stateColor: Record<AttendedPerson['state'], string> = { expected: 'gray', missing: 'red', present: 'green', left: 'orange', attended: 'green', absent: 'red' }
const came: readonly AttendedPerson['state'][] = ['present', 'left', 'attended']

/** Who came to the shifts of a date, and when, from real sign-ins. */
export function AttendancePage({ staff }: { staff: Staff }) {
  const { w, language } = useWords(words)
  const [date, setDate] = useState(todayIso)
  const { data, problem } = useLoad<{ shifts: Attended[] }>(`/roster/attendance?date=${date}`, 15_000)
  const { data: plan } = useLoad<Plan>(`/roster?from=${date}&days=1`)
  return (
    <ShiftFrame staff={staff} problem={problem}>
      <Group mb="md" gap="xs" align="end">
        <ActionIcon variant="default" size={36} aria-label={w('day')} title={weekdayName(weekday(addDays(date, -1)), language)} onClick={() => setDate(addDays(date, -1))}>
          <IconChevronLeft size={20} />
        </ActionIcon>
        <DateField label={weekdayName(weekday(date), language)} value={date} onChange={setDate} testId="attendance-date" />
        <ActionIcon variant="default" size={36} aria-label={w('day')} title={weekdayName(weekday(addDays(date, 1)), language)} onClick={() => setDate(addDays(date, 1))}>
          <IconChevronRight size={20} />
        </ActionIcon>
        <Text c="gray.7" ml="sm" pb={6}>
          {w('attendanceLead')}
        </Text>
      </Group>
      {data === null && problem === null && (
        <Center mih="30vh">
          <Loader />
        </Center>
      )}
      <Stack gap="md" data-testid="attendance">
        {runningFirst(data?.shifts ?? [], serverNow()).map((shift) => (
          <ShiftCard key={shift.shift} shift={shift} plan={plan} whole={isLead(staff)} />
        ))}
      </Stack>
    </ShiftFrame>
  )
}

function ShiftCard({ shift, plan, whole }: { shift: Attended; plan: Plan | null; whole: boolean }) {
  const { w, pick } = useWords(words)
  const info = plan?.shifts.find((s) => s.key === shift.shift)
  const planned = shift.people.filter((p) => p.planned)
  return (
    <Paper p="sm" data-testid={`attended-${shift.shift}`}>
      <Group gap="md" mb={4}>
        <Title order={2} fz="lg">
          {info === undefined ? shift.shift : pick(info)}
        </Title>
        <Text className="tick" c="gray.7">
          {clock(shift.from)}–{clock(shift.to)}
        </Text>
        {whole && planned.length > 0 && <Text fw={600}>{w('presentOf', { n: planned.filter((p) => came.includes(p.state)).length, all: planned.length })}</Text>}
      </Group>
      {shift.people.length === 0 ? (
        <Text c="gray.7">{w(whole ? 'nobodyPlanned' : 'notOnPlan')}</Text>
      ) : (
        <Table verticalSpacing={4} fz="sm" layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={270}>{w('person')}</Table.Th>
              <Table.Th w={150}>{w('state')}</Table.Th>
              <Table.Th>{w('cameAt')}</Table.Th>
              <Table.Th>{w('wentAt')}</Table.Th>
              <Table.Th>{w('worked')}</Table.Th>
              <Table.Th>{w('late')}</Table.Th>
              <Table.Th>{w('early')}</Table.Th>
              <Table.Th>{w('away')}</Table.Th>
              <Table.Th>{w('extra')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shift.people.map((p) => (
              <Table.Tr key={p.agent} data-testid={`attended-${shift.shift}-${p.agent}`} data-state={p.state}>
                <Table.Td>
                  {p.name}
                  {!p.planned && (
                    <Text span size="sm" c="gray.7">
                      {' '}
                      ({w('plannedNot')})
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <Badge tt="none" variant="light" color={stateColor[p.state]} c={`${stateColor[p.state]}.9`}>
                    {w(p.state)}
                  </Badge>
                </Table.Td>
                <Table.Td className="tick">{p.from === null ? '–' : clock(p.from)}</Table.Td>
                <Table.Td className="tick">{p.to === null || p.state === 'present' ? '–' : clock(p.to)}</Table.Td>
                <Time ms={p.worked_ms} />
                <Time ms={!p.planned || p.state === 'absent' || p.state === 'missing' ? 0 : p.late_ms} bad />
                <Time ms={p.early_ms} bad />
                <Time ms={p.away_ms} bad />
                <Time ms={p.extra_ms} />
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Paper>
  )
}

function clock(at: string): string {
  return timeOfDay(at).slice(0, 5)
}

/** Times below a minute are no news. */
function Time({ ms, bad = false }: { ms: number; bad?: boolean }) {
  const { w } = useWords(words)
  const none = ms < 60_000
  const minutes = Math.floor(ms / 60_000)
  const text = w(minutes < 60 ? 'lengthShort' : 'length', { h: Math.floor(minutes / 60), m: minutes % 60 })
  return (
    <Table.Td className="tick" c={bad && !none ? 'red.9' : undefined}>
      {none ? '–' : text}
    </Table.Td>
  )
}
