import { SemiCircleProgress } from '@mantine/core'
import type { Live } from '../api/types'
import { duration } from '../format/format'
import { useText } from '../text/language'
import classes from './wallboard.module.css'

// NENA-STA-020.1: 90 % of calls answered within 15 s.
const goalPercent = 90
const poorPercent = 80

/** The day's totals and the share answered within 15 s. */
export function TodayPanel({ live: { today } }: { live: Live }) {
  const { t } = useText()
  const [year, month, day] = today.date.split('-')
  const none = today.answered === 0
  const percent = today.answered_in_15s_percent
  const color = percent >= goalPercent ? 'green.5' : percent >= poorPercent ? 'yellow.5' : 'red.6'
  return (
    <section className={classes.today}>
      <h2>{t('today', { date: `${day}/${month}/${year}` })}</h2>
      <div className={classes.gauge} data-testid="within-15s" data-percent={percent}>
        <SemiCircleProgress
          size={300}
          thickness={28}
          value={none ? 0 : percent}
          filledSegmentColor={color}
          styles={{ root: { '--scp-empty-segment-color': '#3b4252' } }}
          label={<span className={classes.percent}>{none ? '–' : `${Math.round(percent)}%`}</span>}
        />
        <span className={classes.label}>{t('within15')}</span>
        <span className={classes.small}>{none ? t('within15None') : t('within15Of', { n: today.answered_in_15s, all: today.answered })}</span>
      </div>
      <dl className={classes.totals}>
        <Total label={t('arrived')} value={today.arrived} />
        <Total label={t('servedToday')} value={today.served} />
        <Total label={t('abandonedToday')} value={today.abandoned} />
        <Total label={t('abandonedWaiting')} value={today.abandoned_waiting} />
        <Total label={t('failedToday')} value={today.failed} bad={today.failed > 0} />
        <Total label={t('averageWait')} value={duration(today.average_wait_ms)} />
        <Total label={t('averageTalk')} value={duration(today.average_talk_ms)} />
      </dl>
    </section>
  )
}

function Total({ label, value, bad }: { label: string; value: number | string; bad?: boolean }) {
  return (
    <div data-bad={bad || undefined}>
      <dt>{label}</dt>
      <dd className="tick">{value}</dd>
    </div>
  )
}
