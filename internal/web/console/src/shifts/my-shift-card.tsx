import { Anchor, Button, Group, Paper, Text, Title } from '@mantine/core'
import { IconClipboardText } from '@tabler/icons-react'
import { Link } from 'wouter'
import type { Staff } from '../api/types'
import { useLoad } from '../api/use-load'
import { duration, timeOfDay } from '../format/format'
import { useNow } from '../shell/use-now'
import { useWords } from '../text/words'
import { addDays, todayIso } from './dates'
import { myShift } from './my-shift'
import { shortSlot } from './slot-text'
import { isLead, type Plan, type Sheets, type Who } from './types'
import { words } from './words'

const oftenMs = 300_000
const mostNames = 2

/** When my shift ends, who relieves me, and what comes. Nothing while it cannot be told. */
export function MyShiftCard() {
  const { w, language } = useWords(words)
  const now = useNow()
  // From yesterday on: a night began then.
  const { data: plan } = useLoad<Plan>(`/roster?from=${addDays(todayIso(), -1)}&days=15`, oftenMs)
  const { data: sheets } = useLoad<Sheets>('/roster/sheets', oftenMs)
  const { data: me } = useLoad<{ user: Staff }>('/session')
  if (plan === null || sheets === null || me === null) return null
  const { endsAt, relief, next } = myShift(plan, sheets, me.user.id, now)
  return (
    <Paper p="md" mt="lg" data-testid="my-shift" data-on={endsAt !== null}>
      <Group justify="space-between" mb={4}>
        <Title order={2} fz="md">
          {w('myShift')}
        </Title>
        <Anchor component={Link} href="/roster" size="sm">
          {w('toRoster')}
        </Anchor>
      </Group>
      {endsAt === null ? (
        !isLead(me.user) && <Text c="gray.7">{w('offShiftNow')}</Text>
      ) : (
        <>
          <Text fw={600} className="tick">
            {w('endsAt', { time: timeOfDay(endsAt).slice(0, 5) })} <Text span c="gray.7" fw={400}>{`(${w('endsIn', { time: duration(endsAt - now) })})`}</Text>
          </Text>
          <Text size="sm">{relief.length === 0 ? w('relievedByNobody') : w('relievedBy', { names: named(relief, (names, n) => w('andMore', { names, n })) })}</Text>
        </>
      )}
      {next.length > 0 && (
        <Text size="sm" mt={6}>
          <b>{w('nextShifts')}:</b> {next.map((slot) => shortSlot(slot, plan.shifts, language)).join(' · ')}
        </Text>
      )}
      <Button component={Link} href="/roster/sheet" mt="sm" size="sm" fullWidth variant="default" leftSection={<IconClipboardText size={18} />} data-testid="to-sheet">
        {w('toSheet')}
      </Button>
    </Paper>
  )
}

function named(people: readonly Who[], more: (names: string, n: number) => string): string {
  const names = people.slice(0, mostNames).map((p) => p.name).join(', ')
  return people.length <= mostNames ? names : more(names, people.length - mostNames)
}
