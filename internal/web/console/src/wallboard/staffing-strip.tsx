import { Fragment } from 'react'
import type { Staffing } from '../api/types'
import { duration } from '../format/format'
import { useText } from '../text/language'
import { adviceParts, adviceTitle } from './staffing'
import classes from './wallboard.module.css'

/** How many agents this hour needs, beside those who are there. */
export function StaffingStrip({ staffing }: { staffing: Staffing | null }) {
  const { t, pick } = useText()
  if (staffing === null) return null
  const { seen, taken } = staffing
  const basis = t('staffBasis', { minutes: Math.round(seen.over_ms / 60_000), n: seen.arrived, time: duration(taken.handling_ms) })
  return (
    <p className={classes.staffing} data-reason={staffing.reason} data-testid="wallboard-staffing" title={`${pick(staffing)}\n${basis}`}>
      <span className={classes.label}>{adviceTitle(staffing, t)}</span>
      {adviceParts(staffing, t).map(({ word, figure }, i) => (
        <Fragment key={word}>
          {i > 0 && <i> ·</i>}{' '}
          <span>
            {word} {figure !== '' && <b>{figure}</b>}
          </span>
        </Fragment>
      ))}
    </p>
  )
}
