import { Button } from '@mantine/core'
import { IconMessage } from '@tabler/icons-react'
import type { AgentState } from '../api/types'
import { duration } from '../format/format'
import { DeskMenu } from '../supervise/desk-menu'
import type { SupervisorSession } from '../supervise/session'
import { useText } from '../text/language'
import { ageOf, type Board } from './board'
import { StaffingStrip } from './staffing-strip'
import classes from './wallboard.module.css'

// Those who can help next come first; offline people are a number only.
const order: AgentState[] = ['available', 'reserved', 'ringing', 'talking', 'wrap_up', 'paused']

interface AgentsPanelProps {
  board: Board
  now: number
  supervisor: SupervisorSession | null
  /** Opens a message to that agent, or to all for "". */
  onMessage: (agent: string) => void
}

/** The agents by state, with names and for how long; for supervisors with what they can do. */
export function AgentsPanel({ board, now, supervisor, onMessage }: AgentsPanelProps) {
  const { t } = useText()
  if (board.live === null) return null
  const { agents, desks, at } = board.live
  const present = desks.filter((desk) => desk.state !== 'offline').sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.since.localeCompare(b.since))
  const then = Date.parse(at) + ageOf(board, now)
  return (
    <section className={classes.agents}>
      <div className={classes.agentsHead}>
        <h2>{t('agents')}</h2>
        {supervisor !== null && (
          <Button variant="default" leftSection={<IconMessage size={18} />} onClick={() => onMessage('')} data-testid="supervise-message-all">
            {t('messageToAll')}
          </Button>
        )}
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
            {supervisor !== null && (
              <div className={classes.menu}>
                <DeskMenu desk={desk} supervisor={supervisor} onMessage={onMessage} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
