import { Alert, Center, Group, Loader, Paper, SegmentedControl, Select, Stack, Table, Text, Title } from '@mantine/core'
import { useState, type CSSProperties } from 'react'
import type { Staff } from '../api/types'
import { useLoad } from '../api/use-load'
import { date, duration } from '../format/format'
import { weekdayName } from '../shifts/dates'
import { ShiftFrame } from '../shifts/frame'
import { useWords } from '../text/words'
import { CapacityTable } from './capacity'
import classes from './staffing.module.css'
import { days, heat, shiftRows, shortOf, weekOf, type HourNeed, type ShiftNeed, type StaffPlan } from './week'
import { words } from './words'

const weekChoices = [1, 4, 8, 13, 26]

/** What a week will need, and whether the seats are enough. */
export function StaffingPage({ staff }: { staff: Staff }) {
  const { w, language } = useWords(words)
  const [weeks, setWeeks] = useState(4)
  const { data: plan, problem } = useLoad<StaffPlan>(`/staffing/plan?weeks=${weeks}`)
  const decimal = (n: number) => (language === 'vi' ? String(n).replace('.', ',') : String(n))
  return (
    <ShiftFrame staff={staff} problem={problem}>
      {plan === null ? (
        <Center mih="30vh">{problem === null && <Loader />}</Center>
      ) : (
        <Stack gap="md" data-testid="staffing">
          <Group justify="space-between" align="start" wrap="nowrap">
            <Text>
              {w('lead', {
                since: date(plan.since),
                until: date(plan.until),
                percent: plan.target.percent,
                seconds: plan.target.within_ms / 1000,
                handling: duration(plan.handling_ms),
                away: decimal(plan.away_percent),
              })}
            </Text>
            <Select w={190} flex="none" aria-label={w('weeks', { n: weeks })} allowDeselect={false} data={weekChoices.map((n) => ({ value: String(n), label: w('weeks', { n }) }))} value={String(weeks)} onChange={(value) => setWeeks(Number(value))} />
          </Group>
          {plan.hours.every((h) => h.weeks === 0) && <Alert color="blue">{w('none', { least: plan.least })}</Alert>}
          <HeatMap hours={plan.hours} decimal={decimal} />
          <Seats shifts={plan.shifts} />
          <CapacityTable />
        </Stack>
      )}
    </ShiftFrame>
  )
}

function HeatMap({ hours, decimal }: { hours: readonly HourNeed[]; decimal: (n: number) => string }) {
  const { w, language } = useWords(words)
  const [of, setOf] = useState<'need' | 'worst'>('need')
  const all = hours.map((h) => h[of])
  return (
    <Paper p="md">
      <Group justify="space-between" mb="xs">
        <Title order={2} fz="lg">
          {w('byHour')}
        </Title>
        <Group gap="xs">
          <Text size="sm">
            {w('few')} {Math.min(...all)}
          </Text>
          <div className={classes.scale} aria-hidden />
          <Text size="sm">
            {Math.max(...all)} {w('many')}
          </Text>
          <SegmentedControl
            ml="md"
            size="xs"
            value={of}
            onChange={(value) => setOf(value === 'worst' ? 'worst' : 'need')}
            data={[
              { value: 'need', label: w('need') },
              { value: 'worst', label: w('worst') },
            ]}
          />
        </Group>
      </Group>
      <table className={classes.heat} data-testid="heat-map">
        <thead>
          <tr>
            <th aria-label={w('byHour')} />
            {Array.from({ length: 24 }, (_, hour) => (
              <th key={hour} scope="col" className="tick">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekOf(hours).map(({ day, hours: row }) => (
            <tr key={day}>
              <th scope="row">{weekdayName(day, language)}</th>
              {row.map((h) => {
                const strength = heat(h[of], all)
                const title = w('hourTitle', {
                  day: weekdayName(day, language),
                  hour: `${h.hour}:00`,
                  next: `${h.hour + 1}:00`,
                  need: h.need,
                  worst: h.worst,
                  calls: decimal(h.calls),
                  busiest: h.busiest,
                  inTime: decimal(h.in_time_percent),
                  busy: decimal(h.occupancy_percent),
                })
                return (
                  <td
                    key={h.hour}
                    className="tick"
                    style={{ '--heat': strength } as CSSProperties}
                    data-dark={(h.weeks > 0 && strength > 0.45) || undefined}
                    data-unseen={h.weeks === 0 || undefined}
                    title={h.weeks === 0 ? `${weekdayName(day, language)} ${h.hour}:00: ${w('unseen')}` : title}
                  >
                    {h[of]}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  )
}

function Seats({ shifts }: { shifts: readonly ShiftNeed[] }) {
  const { w, pick, language } = useWords(words)
  const short = shifts.filter((s) => shortOf(s) > 0).length
  const most = Math.max(...shifts.map((s) => Math.max(s.seats, s.seats_needed)))
  return (
    <Paper p="md" data-testid="seats-needed">
      <Title order={2} fz="lg">
        {w('shifts')}
      </Title>
      <Text mb="xs" c={short > 0 ? 'red.9' : 'green.9'} fw={600}>
        {short > 0 ? w('shortSum', { n: short, all: shifts.length }) : w('enoughSum')}
      </Text>
      <Table layout="fixed" verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={130} aria-label={w('shifts')} />
            {days.map((day) => (
              <Table.Th key={day}>{weekdayName(day, language)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shiftRows(shifts).map(({ shift, days: row }) => (
            <Table.Tr key={shift.shift}>
              <Table.Th scope="row">
                {pick(shift)}
                <Text size="sm" c="gray.7" className="tick">
                  {shift.from}–{shift.to}
                </Text>
              </Table.Th>
              {row.map((s) => (
                <Table.Td key={s.day} title={w('shiftTitle', { shift: pick(s), day: weekdayName(s.day, language), need: s.need, worst: s.worst, hour: s.peak.hour })}>
                  <Text size="sm" className="tick">
                    {w('seatsOf', { seats: s.seats, needed: s.seats_needed })}{' '}
                    {shortOf(s) > 0 && (
                      <Text span c="red.9" fw={700} inherit>
                        {w('short', { n: shortOf(s) })}
                      </Text>
                    )}
                  </Text>
                  <div className={classes.seat} data-short={shortOf(s) > 0 || undefined} aria-hidden>
                    <i style={{ width: `${(100 * s.seats) / most}%` }} />
                    <b style={{ left: `calc(${(100 * s.seats_needed) / most}% - 3px)` }} />
                  </div>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  )
}
