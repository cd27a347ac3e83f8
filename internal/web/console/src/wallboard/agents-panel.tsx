import { Button } from '@mantine/core'
import { IconMessage } from '@tabler/icons-react'
import type { AgentState } from '../api/types'
import { duration } from '../format/format'
import type { SupervisorSession } from '../supervise/session'
import { useText } from '../text/language'
import { ageOf, type Board } from './board'
import { DeskTile } from './desk-tile'
import { StaffingStrip } from './staffing-strip'
import classes from './wallboard.module.css'

// Those who can help next come first; offline people are a number only.
const order: AgentState[] = ['available', 'reserved', 'ringing', 'talking', 'wrap_up', 'paused']

// With more desks than these a tile is one line, and then a small one.
const manyDesks = 24
const crowdOfDesks = 72

interface AgentsPanelProps {
  board: Board
  now: number
  screen: boolean
  supervisor: SupervisorSession | null
  /** Opens a message to that agent, or to all for "". */
  onMessage: (agent: string) => void
}

/** The agents by state, with names and for how long; for supervisors with what they can do. */
export function AgentsPanel({ board, now, screen, supervisor, onMessage }: AgentsPanelProps) {
  const { t } = useText()
  if (board.live === null) return null
  const { agents, desks, at } = board.live
  const present = desks.filter((desk) => desk.state !== 'offline').sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.since.localeCompare(b.since) || a.agent.localeCompare(b.agent))
  const crowd = present.length > crowdOfDesks
  const then = Date.parse(at) + ageOf(board, now)
  return (
    <section className={classes.agents}>
      <div className={classes.agentsHead}>
        <h2>{t('agents')}</h2>
        {supervisor !== null && !screen && (
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
      <ul className={classes.desks} data-many={crowd ? 'crowd' : present.length > manyDesks ? 'many' : undefined}>
        {present.map((desk) => (
          <DeskTile key={desk.agent} {...desk} length={(crowd ? briefly : duration)(then - Date.parse(desk.since))} short={crowd} screen={screen} supervisor={supervisor} onMessage={onMessage} />
        ))}
      </ul>
    </section>
  )
}

/** Among many there is room for the larger part alone: 12 s, 3 min. */
function briefly(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}′`
}
