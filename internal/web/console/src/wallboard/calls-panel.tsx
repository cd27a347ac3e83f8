import { Button } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { duration } from '../format/format'
import { useText } from '../text/language'
import { ageOf, alarmOf, longestWait, type Board } from './board'
import classes from './wallboard.module.css'

/** Where the calls are at this moment, and how long the first in line has waited. */
export function CallsPanel({ board, now, onLine }: { board: Board; now: number; onLine: (() => void) | null }) {
  const { t } = useText()
  if (board.live === null) return null
  const { calls, queues } = board.live
  const wait = longestWait(board, now)
  return (
    <section className={classes.calls} aria-label={t('callsNow')}>
      <Figure label={t('inMenu')} value={calls.menu} name="menu" />
      <Figure label={t('waiting')} value={calls.waiting} name="waiting" alarm={calls.waiting > 0 ? alarmOf(wait) : undefined} />
      <Figure label={t('ringingNow')} value={calls.ringing} name="ringing" />
      <Figure label={t('talkingNow')} value={calls.talking} name="talking" />
      <div className={classes.longest} data-alarm={alarmOf(wait)} data-testid="longest-wait">
        <span className={classes.label}>{t('longestWait')}</span>
        {onLine !== null && (
          <Button className={classes.line} variant="default" leftSection={<IconUsersGroup size={18} />} onClick={onLine} data-testid="supervise-line">
            {t('whoWaits')}
          </Button>
        )}
        <span className={classes.wait}>{wait === null ? t('nobodyWaits') : duration(wait)}</span>
        <span className={classes.queues}>
          {queues.map((queue) => (
            <span key={queue.queue} data-waiting={queue.waiting > 0 || undefined}>
              {t(queue.group)} <b>{queue.waiting}</b>
              {queue.waiting > 0 && ` · ${duration(queue.longest_wait_ms + ageOf(board, now))}`}
            </span>
          ))}
        </span>
      </div>
    </section>
  )
}

function Figure({ label, value, name, alarm }: { label: string; value: number; name: string; alarm?: string | undefined }) {
  return (
    <div className={classes.figure} data-alarm={alarm} data-zero={value === 0 || undefined}>
      <span className={classes.value} data-testid={`calls-${name}`}>
        {value}
      </span>
      <span className={classes.label}>{label}</span>
    </div>
  )
}
