import { Link } from 'wouter'
import type { Live } from '../api/types'
import { useText } from '../text/language'
import { useWords } from '../text/words'
import type { Alarm } from './limits'
import classes from './wallboard.module.css'
import { words } from './words'

// More seats than these are a number only.
const mostMarks = 12

/** The shift on duty: one mark for each seat, taken or missing. */
export function ShiftPanel({ shift, alarm, screen }: { shift: Live['shift']; alarm: Alarm; screen: boolean }) {
  const { w } = useWords(words)
  const { t, pick } = useText()
  const marks = Math.max(shift.seats, shift.present)
  const missing = Math.max(0, shift.seats - shift.present)
  return (
    <div className={classes.shift} data-testid="wallboard-shift">
      <span>
        {pick(shift)} {shift.from}–{shift.to}
      </span>
      {marks <= mostMarks && (
        <span className={classes.seats} aria-hidden>
          {Array.from({ length: marks }, (_, i) => (
            <i key={i} data-present={i < shift.present || undefined} />
          ))}
        </span>
      )}
      <span>{t('seats', { present: shift.present, seats: shift.seats })}</span>
      {missing > 0 && (
        <strong className={classes.missing} data-level={alarm}>
          {t('seatsMissing', { n: missing })}
        </strong>
      )}
      {missing > 0 && !screen && (
        <Link href="/roster/attendance" className={classes.opens} data-testid="call-in">
          {w('callIn')}
        </Link>
      )}
    </div>
  )
}
