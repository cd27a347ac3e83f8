import { IconAlertTriangle, IconPlus, IconUserPlus } from '@tabler/icons-react'
import type { Language } from '../text/language'
import { useWords } from '../text/words'
import { dayMonth, weekday, weekdayName } from './dates'
import { datesOf, slotKey, type Cell, type Row, type Seated } from './plan'
import classes from './roster.module.css'
import type { Plan, Slot } from './types'
import type { Drag } from './use-drag'
import { words } from './words'

interface GridProps {
  plan: Plan
  rows: Row[]
  today: string
  /** Who is looked at, shown wherever they are. */
  marked: string
  /** Who looks at their own shifts only; "" for a lead. */
  own: string
  /** Whether seats can be changed. */
  editable: boolean
  drag: Drag
  onPerson: (person: Seated) => void
  onSeat: (slot: Slot) => void
}

/** Days × shifts, with people in their seats. */
export function RosterGrid(props: GridProps) {
  const { plan, rows, today } = props
  const { w, pick, language } = useWords(words)
  return (
    <table className={classes.grid} data-testid="roster-grid" data-from={plan.from}>
      <thead>
        <tr>
          <th className={classes.corner}>{w('shift')}</th>
          {datesOf(plan).map((date) => {
            const holiday = plan.holidays.find((h) => h.date === date)
            return (
              <th key={date} scope="col" data-today={date === today || undefined}>
                <span title={dayLabel(date, language)}>{shortDay(date, language)}</span>
                {holiday !== undefined && (
                  <span className={classes.holiday} title={pick(holiday)}>
                    {pick(holiday)}
                  </span>
                )}
              </th>
            )
          })}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ shift, cells }) => (
          <tr key={shift.key}>
            <th scope="row">
              {pick(shift)}
              <small>
                {shift.from}–{shift.to}
              </small>
            </th>
            {cells.map((cell) => (
              <SeatCell key={cell.date} cell={cell} label={`${pick(shift)}, ${dayLabel(cell.date, language)}`} {...props} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function dayLabel(date: string, language: Language): string {
  return `${weekdayName(weekday(date), language)} ${dayMonth(date)}`
}

// English names of days are too long for a narrow column.
function shortDay(date: string, language: Language): string {
  const name = weekdayName(weekday(date), language)
  return `${language === 'en' ? name.slice(0, 3) : name} ${dayMonth(date)}`
}

function SeatCell({ cell, label, marked, own, editable, drag, onPerson, onSeat }: GridProps & { cell: Cell; label: string }) {
  const { w, pick } = useWords(words)
  const key = slotKey(cell)
  const changeable = editable && !cell.over
  return (
    <td
      className={classes.cell}
      data-slot={changeable ? key : undefined}
      data-target={(changeable && drag.over === key) || undefined}
      data-over={cell.over}
      data-running={cell.running || undefined}
      data-missing={(cell.missing > 0 && !cell.over) || undefined}
      data-testid={`cell-${cell.date}-${cell.shift}`}
      title={cell.gap !== null && !cell.over ? pick(cell.gap) : undefined}
    >
      <ul className={classes.seats}>
        {cell.people.map((person) => (
          <li key={person.agent}>
            <button
              type="button"
              className={classes.chip}
              data-problem={(person.problems.length > 0 && !cell.over) || undefined}
              data-marked={marked === person.agent || undefined}
              data-testid={`seat-${cell.date}-${cell.shift}-${person.agent}`}
              title={[person.name, person.forced ? w('forced') : '', ...person.problems.map(pick)].filter((line) => line !== '').join('\n')}
              aria-label={[person.name, label, person.forced ? w('forced') : '', ...person.problems.map(pick)].filter((part) => part !== '').join(', ')}
              onPointerDown={(event) => changeable && drag.begin({ who: person, from: { date: cell.date, shift: cell.shift } }, event)}
              onClick={() => !drag.swallow() && onPerson(person)}
            >
              <span>{person.agent === own ? w('yours') : person.name}</span>
              {person.problems.length > 0 && !cell.over && <IconAlertTriangle size={14} aria-hidden />}
            </button>
          </li>
        ))}
        {changeable && cell.missing > 0 && (
          <li>
            <button type="button" className={classes.empty} onClick={() => onSeat(cell)} aria-label={`${label}: ${w('seatEmpty')}`} data-testid={`empty-${cell.date}-${cell.shift}`}>
              <IconUserPlus size={15} aria-hidden />
              {w('seatMissing', { n: cell.missing })}
            </button>
          </li>
        )}
        {!changeable && cell.missing > 0 && <li className={classes.gone}>{w('seatMissing', { n: cell.missing })}</li>}
        {changeable && cell.missing === 0 && (
          <li>
            <button type="button" className={classes.add} onClick={() => onSeat(cell)} aria-label={`${label}: ${w('addSeat')}`} title={w('addSeat')}>
              <IconPlus size={14} aria-hidden />
            </button>
          </li>
        )}
      </ul>
    </td>
  )
}
