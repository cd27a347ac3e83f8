import { Button } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { duration } from '../format/format'
import type { QueueSwitch } from '../supervise/queue-dialog'
import { useText } from '../text/language'
import { longestWait, type Board } from './board'
import { worst, type Alarms } from './limits'
import { Opens } from './opens'
import { QueuesTable } from './queues-table'
import classes from './wallboard.module.css'

interface CallsPanelProps {
  board: Board
  now: number
  alarms: Alarms
  screen: boolean
  onLine: (() => void) | null
  onQueue: ((of: QueueSwitch) => void) | null
}

/** Where the calls are at this moment, and how long the first in line has waited. */
export function CallsPanel({ board, now, alarms, screen, onLine, onQueue }: CallsPanelProps) {
  const { t } = useText()
  if (board.live === null) return null
  const { calls } = board.live
  const wait = longestWait(board, now)
  return (
    <section className={classes.calls} aria-label={t('callsNow')}>
      <Figure label={t('inMenu')} value={calls.menu} name="menu" screen={screen} />
      <Figure label={t('waiting')} value={calls.waiting} name="waiting" screen={screen} alarm={calls.waiting > 0 ? worst([alarms.wait, ...Object.values(alarms.waiting)]) : undefined} />
      <Figure label={t('ringingNow')} value={calls.ringing} name="ringing" screen={screen} />
      <Figure label={t('talkingNow')} value={calls.talking} name="talking" screen={screen} />
      <div className={classes.longest} data-alarm={alarms.wait} data-testid="longest-wait">
        <span className={classes.label}>{t('longestWait')}</span>
        {onLine !== null && !screen && (
          <Button className={classes.line} variant="default" leftSection={<IconUsersGroup size={18} />} onClick={onLine} data-testid="supervise-line">
            {t('whoWaits')}
          </Button>
        )}
        <span className={classes.wait} data-none={wait === null || undefined}>{wait === null ? t('nobodyWaits') : duration(wait)}</span>
      </div>
      <div className={classes.linesPanel}>
        <QueuesTable board={board} now={now} alarms={alarms} screen={screen} onQueue={onQueue} />
      </div>
    </section>
  )
}

interface FigureProps {
  label: string
  value: number
  name: 'menu' | 'waiting' | 'ringing' | 'talking'
  screen: boolean
  alarm?: string | undefined
}

function Figure({ label, value, name, screen, alarm }: FigureProps) {
  return (
    <div className={classes.figure} data-alarm={alarm} data-zero={value === 0 || undefined}>
      <Opens screen={screen} to={{ kind: name }}>
        <span className={classes.value} data-testid={`calls-${name}`}>
          {value}
        </span>
      </Opens>
      <span className={classes.label}>{label}</span>
    </div>
  )
}
