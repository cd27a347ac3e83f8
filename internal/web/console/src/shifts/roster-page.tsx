import { ActionIcon, Button, Center, Group, Loader, Text, Title } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconHistory, IconUserCog, IconWand } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Staff } from '../api/types'
import { useLoad } from '../api/use-load'
import { useNow } from '../shell/use-now'
import { useWords } from '../text/words'
import { Alarms } from './alarms'
import { ChangesDialog } from './changes'
import { addDays, hours, monday, todayIso, writeDate } from './dates'
import type { Edit } from './edits'
import { ShiftFrame } from './frame'
import { GenerateDialog } from './generate'
import { RosterGrid } from './grid'
import { MembersDialog } from './members'
import { PeoplePanel } from './people-panel'
import { PersonDialog } from './person-dialog'
import { gridOf, sameSlot, troublesOf, type Seated } from './plan'
import classes from './roster.module.css'
import { Substitutes } from './substitutes'
import { Troubles } from './troubles'
import { isLead, type Plan, type Slot } from './types'
import { useDrag } from './use-drag'
import { useEdits } from './use-edits'
import { words } from './words'

type Open = { what: 'generate' | 'members' | 'changes' } | { what: 'person'; person: Seated } | { what: 'seat'; slot: Slot }

const oftenMs = 30_000

/** The week of everybody for a lead, who may change it; their own for an agent. */
export function RosterPage({ staff }: { staff: Staff }) {
  const [search, setSearch] = useSearchParams()
  const today = todayIso()
  const from = monday(/^\d{4}-\d{2}-\d{2}$/.test(search.get('week') ?? '') ? (search.get('week') ?? today) : today)
  const show = (week: string) => setSearch({ week }, { replace: true })
  const { data: plan, problem, reload } = useLoad<Plan>(`/roster?from=${from}&days=7`, oftenMs)
  return (
    <ShiftFrame staff={staff} problem={problem}>
      {plan === null ? (
        <Center mih="30vh">{problem === null && <Loader />}</Center>
      ) : (
        <Week key={plan.from} staff={staff} plan={plan} week={from} today={today} onShow={show} onReload={reload} />
      )}
    </ShiftFrame>
  )
}

interface WeekProps {
  staff: Staff
  plan: Plan
  /** The week that is asked for: the plan may still be another's. */
  week: string
  today: string
  onShow: (week: string) => void
  onReload: () => void
}

function Week({ staff, plan, week, today, onShow, onReload }: WeekProps) {
  const { w } = useWords(words)
  const lead = isLead(staff)
  const minute = Math.floor(useNow() / 60_000) * 60_000
  const [open, setOpen] = useState<Open | null>(null)
  const [marked, setMarked] = useState('')
  const edits = useEdits(plan.shifts, onReload)
  const rows = useMemo(() => gridOf(plan, minute, lead), [plan, minute, lead])
  const troubles = useMemo(() => troublesOf(plan, minute), [plan, minute])
  const tooLong = useMemo(() => new Set(plan.problems.filter((p) => p.kind === 'too_long_a_week').map((p) => p.agent)), [plan])
  const edit = (change: Edit) => {
    setOpen(null)
    void edits.apply(change)
  }
  const drag = useDrag(({ who, from }, to) => {
    if (from === null || !sameSlot(from, to)) edit({ who, from, to })
  })
  const seat = (slot: Slot) => setOpen({ what: 'seat', slot: { date: slot.date, shift: slot.shift } })
  const close = () => setOpen(null)
  const replace = async (person: Seated) => {
    close()
    if (await edits.apply({ who: person, from: person, to: null })) seat(person)
  }

  return (
    <div className={drag.dragged === null ? undefined : classes.dragging} data-testid="roster" data-stale={plan.from !== week}>
      {lead && <Alarms onSlot={seat} />}
      <Group mb="xs" gap="xs" justify="space-between">
        <Group gap="xs">
          <ActionIcon variant="default" size="lg" aria-label={w('weekBefore')} title={w('weekBefore')} onClick={() => onShow(addDays(week, -7))} data-testid="week-before">
            <IconChevronLeft size={20} />
          </ActionIcon>
          <ActionIcon variant="default" size="lg" aria-label={w('weekAfter')} title={w('weekAfter')} onClick={() => onShow(addDays(week, 7))} data-testid="week-after">
            <IconChevronRight size={20} />
          </ActionIcon>
          <Button variant="default" size="sm" disabled={week === monday(today)} onClick={() => onShow(today)}>
            {w('thisWeek')}
          </Button>
          <Title order={1} fz={20} ml={4} className="tick">
            {w('weekOf', { from: writeDate(plan.from), to: writeDate(addDays(plan.from, 6)) })}
          </Title>
          {lead && plan.planned_until !== '' && (
            <Text c="gray.7" size="sm">
              {w('plannedUntil', { date: writeDate(plan.planned_until) })}
            </Text>
          )}
        </Group>
        {lead && (
          <Group gap="xs">
            <Button size="sm" leftSection={<IconWand size={18} />} onClick={() => setOpen({ what: 'generate' })} data-testid="generate">
              {w('generate')}
            </Button>
            <Button size="sm" variant="default" leftSection={<IconUserCog size={18} />} onClick={() => setOpen({ what: 'members' })} data-testid="open-members">
              {w('members')}
            </Button>
            <Button size="sm" variant="default" leftSection={<IconHistory size={18} />} onClick={() => setOpen({ what: 'changes' })} data-testid="open-changes">
              {w('changes')}
            </Button>
          </Group>
        )}
      </Group>
      {edits.said}
      <div className={classes.wrap} data-own={!lead || undefined}>
        <div>
          <RosterGrid plan={plan} rows={rows} today={today} marked={lead ? marked : staff.id} own={lead ? '' : staff.id} editable={lead} drag={drag} onPerson={(person) => lead && setOpen({ what: 'person', person })} onSeat={seat} />
          {lead ? (
            <>
              <Text size="sm" c="gray.7" px={4}>
                {w('dragHelp')}
              </Text>
              <Troubles troubles={troubles} onSlot={seat} />
            </>
          ) : (
            <OwnWeek plan={plan} />
          )}
        </div>
        {lead && <PeoplePanel people={plan.people} tooLong={tooLong} marked={marked} onMark={setMarked} drag={drag} />}
      </div>
      {drag.dragged !== null && (
        <div ref={drag.ghost} className={classes.ghost}>
          {drag.dragged.who.name}
        </div>
      )}
      {edits.question}
      {open?.what === 'generate' && <GenerateDialog plan={plan} onClose={close} onApplied={onReload} />}
      {open?.what === 'members' && <MembersDialog shifts={plan.shifts} onClose={close} />}
      {open?.what === 'changes' && <ChangesDialog shifts={plan.shifts} onClose={close} />}
      {open?.what === 'person' && <PersonDialog person={open.person} plan={plan} now={minute} onClose={close} onEdit={edit} onReplace={() => void replace(open.person)} />}
      {open?.what === 'seat' && <Substitutes slot={open.slot} shifts={plan.shifts} onClose={close} onAssign={(who) => edit({ who, from: null, to: open.slot })} />}
    </div>
  )
}

/** What an agent's week adds up to, and what is wrong with it. */
function OwnWeek({ plan }: { plan: Plan }) {
  const { w, pick, language } = useWords(words)
  const [own] = plan.people
  if (plan.assignments.length === 0 || own === undefined) return <Text mt="sm">{w('noneOfYours')}</Text>
  return (
    <>
      <Text mt="sm" px={4}>
        {w('yourWeek', { shifts: own.shifts, hours: hours(own.planned_ms, language), nights: own.nights })}
      </Text>
      {plan.problems.map((p) => (
        <Text key={p.vi} px={4} c="red.9">
          {pick(p)}
        </Text>
      ))}
    </>
  )
}
