import { SemiCircleProgress } from '@mantine/core'
import type { Live } from '../api/types'
import type { CallsWanted, Kind } from '../calls/kinds'
import { duration } from '../format/format'
import { useText } from '../text/language'
import { useWords } from '../text/words'
import type { Alarm, Alarms } from './limits'
import { ofToday, Opens } from './opens'
import classes from './wallboard.module.css'
import { words } from './words'

const colors = { good: 'green.5', late: 'yellow.5', bad: 'red.6' } as const

interface TodayPanelProps {
  live: Live
  alarms: Alarms
  screen: boolean
}

/** The day's totals beside the usual day. */
export function TodayPanel({ live, alarms, screen }: TodayPanelProps) {
  const { t } = useText()
  const { w } = useWords(words)
  const { today, usual } = live
  const [year, month, day] = today.date.split('-')
  const none = today.answered === 0
  const percent = today.answered_in_15s_percent
  const usually = (n: number | undefined) => (n === undefined ? undefined : w('usual', { n: Math.round(n) }))
  const open = (kind: Kind) => ({ screen, to: ofToday({ kind }) })
  return (
    <section className={classes.today}>
      <h2 title={usual === null ? undefined : w('usualDay', { n: usual.days })}>{t('today', { date: `${day}/${month}/${year}` })}</h2>
      <div className={classes.gauge} data-testid="within-15s" data-percent={percent}>
        <SemiCircleProgress
          size={300}
          thickness={28}
          value={none ? 0 : percent}
          filledSegmentColor={colors[alarms.inTime]}
          styles={{ root: { '--scp-empty-segment-color': '#3b4252' } }}
          label={<span className={classes.percent}>{none ? '–' : `${Math.round(percent)}%`}</span>}
        />
        <span className={classes.label}>{t('within15')}</span>
        <span className={classes.small}>{none ? t('within15None') : t('within15Of', { n: today.answered_in_15s, all: today.answered })}</span>
      </div>
      <dl className={classes.totals}>
        <Total label={t('arrived')} value={today.arrived} usual={usually(usual?.so_far.arrived)} {...open('inbound')} />
        <Total label={t('servedToday')} value={today.served} usual={usually(usual?.so_far.answered)} {...open('served')} />
        <Total label={t('abandonedToday')} value={today.abandoned} {...open('gave_up')} />
        <Total label={t('abandonedWaiting')} value={today.abandoned_waiting} usual={usually(usual?.so_far.abandoned)} alarm={alarms.lost} {...open('abandoned')} />
        <Total label={t('failedToday')} value={today.failed} alarm={today.failed > 0 ? 'bad' : 'good'} {...open('failed')} />
        <Total label={t('averageWait')} value={duration(today.average_wait_ms)} />
        <Total label={t('averageTalk')} value={duration(today.average_talk_ms)} />
      </dl>
    </section>
  )
}

interface TotalProps {
  label: string
  value: number | string
  usual?: string | undefined
  alarm?: Alarm
  screen?: boolean
  to?: CallsWanted
}

function Total({ label, value, usual, alarm, screen = true, to = {} }: TotalProps) {
  return (
    <div data-level={alarm}>
      <dt>
        {label} {usual !== undefined && <small>{usual}</small>}
      </dt>
      <dd className="tick">
        <Opens screen={screen} to={to}>
          {value}
        </Opens>
      </dd>
    </div>
  )
}
