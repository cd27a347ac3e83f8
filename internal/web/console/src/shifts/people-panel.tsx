import { Paper, Text, Title } from '@mantine/core'
import { useWords } from '../text/words'
import { hours } from './dates'
import classes from './roster.module.css'
import type { Tally } from './types'
import type { Drag } from './use-drag'
import { words } from './words'

// Labour Code 2019, art. 105.
const fullWeekMs = 48 * 3_600_000

interface Props {
  people: readonly Tally[]
  /** Those of whom the plan asks more than the rules allow. */
  tooLong: ReadonlySet<string>
  marked: string
  onMark: (agent: string) => void
  drag: Drag
}

/** Hours per person; from here people are dragged into seats. */
export function PeoplePanel({ people, tooLong, marked, onMark, drag }: Props) {
  const { w, language } = useWords(words)
  return (
    <Paper p="xs" component="aside" aria-label={w('people')}>
      <Title order={2} fz="md" px={6}>
        {w('people')}
      </Title>
      <Text size="xs" c="gray.7" px={6} mb={4}>
        {w('peopleLead')}
      </Text>
      <ul className={classes.people}>
        {people.map((person) => (
          <li key={person.agent}>
            <button
              type="button"
              className={classes.person}
              aria-pressed={marked === person.agent}
              title={w('tally', { shifts: person.shifts, nights: person.nights, weekends: person.weekends })}
              onPointerDown={(event) => drag.begin({ who: person, from: null }, event)}
              onClick={() => !drag.swallow() && onMark(marked === person.agent ? '' : person.agent)}
              data-testid={`person-${person.agent}`}
            >
              <span>{person.name}</span>
              <b className="tick">{w('hoursOf', { n: hours(person.planned_ms, language) })}</b>
              <span className={classes.bar} data-over={person.planned_ms > fullWeekMs || tooLong.has(person.agent) || undefined} aria-hidden>
                <i style={{ width: `${Math.min(100, (100 * person.planned_ms) / fullWeekMs)}%` }} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Paper>
  )
}
