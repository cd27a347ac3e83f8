import type { AgentState } from '../api/types'
import { duration } from '../format/format'
import { useText } from '../text/language'
import { ageOf, type Board } from './board'
import { StaffingStrip } from './staffing-strip'
import classes from './wallboard.module.css'

// Those who can help next come first; offline people are a number only.
const order: AgentState[] = ['available', 'reserved', 'ringing', 'talking', 'wrap_up', 'paused']

/** The agents by state, with names and for how long. */
export function AgentsPanel({ board, now }: { board: Board; now: number }) {
  const { t } = useText()
  if (board.live === null) return null
  const { agents, desks, at } = board.live
  const present = desks.filter((desk) => desk.state !== 'offline').sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.since.localeCompare(b.since))
  const then = Date.parse(at) + ageOf(board, now)
  return (
    <section className={classes.agents}>
      <div className={classes.agentsHead}>
        <h2>{t('agents')}</h2>
        <StaffingStrip staffing={board.live.staffing} />
      </div>
      <div className={classes.states}>
        {[...order, 'offline' as const].map((state) => (
          <span key={state} data-state={state} data-zero={agents[state] === 0 || undefined} data-testid={`agents-${state}`}>
            <b>{agents[state]}</b> {t(state)}
          </span>
        ))}
      </div>
      {present.length === 0 && <p className={classes.label}>{t('nobodySignedIn')}</p>}
      <ul className={classes.desks}>
        {present.map((desk) => (
          <li key={desk.agent} data-state={desk.state} data-testid="wallboard-desk">
            <span className={classes.name}>{desk.name}</span>
            <span>{t(desk.state)}</span>
            <span className="tick">{duration(then - Date.parse(desk.since))}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
