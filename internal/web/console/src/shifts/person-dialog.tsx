import { Alert, Button, Divider, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../text/words'
import { dayMonth, spanOf, weekday, weekdayName } from './dates'
import type { Edit } from './edits'
import { datesOf, sameSlot, type Seated } from './plan'
import { slotText } from './slot-text'
import type { Plan } from './types'
import { words } from './words'

interface Props {
  person: Seated
  plan: Plan
  now: number
  onClose: () => void
  onEdit: (edit: Edit) => void
  /** Takes them off, and looks for somebody else. */
  onReplace: () => void
}

/** One person in a seat: what is wrong, and all that dragging does, by keyboard. */
export function PersonDialog({ person, plan, now, onClose, onEdit, onReplace }: Props) {
  const { w, pick, language } = useWords(words)
  const here = { date: person.date, shift: person.shift }
  const [date, setDate] = useState(person.date)
  const [shift, setShift] = useState(person.shift)
  const info = plan.shifts.find((s) => s.key === person.shift)
  const over = info !== undefined && now >= spanOf(person.date, info).to
  const to = { date, shift }
  return (
    <Modal opened onClose={onClose} title={person.name} size="lg">
      <Stack data-testid="person-dialog">
        <Text>
          {slotText(here, plan.shifts, language)}
          {person.forced && ` (${w('forced')})`}
        </Text>
        {person.problems.map((p) => (
          <Alert key={p.vi} color="orange" py="xs">
            {pick(p)}
          </Alert>
        ))}
        {over ? (
          <Text c="gray.7">{w('shiftOver')}</Text>
        ) : (
          <>
            <Group align="end" wrap="nowrap">
              <Select
                label={w('moveTo')}
                aria-label={w('day')}
                data={datesOf(plan).map((d) => ({ value: d, label: `${weekdayName(weekday(d), language)} ${dayMonth(d)}` }))}
                value={date}
                allowDeselect={false}
                onChange={(value) => setDate(value ?? date)}
              />
              <Select aria-label={w('shift')} data={plan.shifts.map((s) => ({ value: s.key, label: pick(s) }))} value={shift} allowDeselect={false} onChange={(value) => setShift(value ?? shift)} />
              <Button flex="none" disabled={sameSlot(here, to)} onClick={() => onEdit({ who: person, from: here, to })} data-testid="person-move">
                {w('move')}
              </Button>
            </Group>
            <Divider />
            <Group>
              <Button variant="outline" color="red.8" onClick={() => onEdit({ who: person, from: here, to: null })} data-testid="person-remove">
                {w('remove')}
              </Button>
              <Button variant="default" onClick={onReplace} data-testid="person-replace">
                {w('replace')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  )
}
