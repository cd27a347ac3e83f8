import { ActionIcon, Anchor, Group, Text } from '@mantine/core'
import { useFullscreenDocument } from '@mantine/hooks'
import { IconArrowLeft, IconBell, IconBellOff, IconDeviceTv, IconLanguage, IconMaximize } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { Staff } from '../api/types'
import { timeOfDay } from '../format/format'
import { EmergencyStrip } from '../emergency/wall-strip'
import { EarStrip, useHeard } from '../supervise/ear-strip'
import { LineDialog } from '../supervise/line-dialog'
import { MessageDialog, type MessageTo } from '../supervise/message-dialog'
import { QueueDialog, type QueueSwitch } from '../supervise/queue-dialog'
import { useSupervisor } from '../supervise/use-supervisor'
import { setLanguage, useText } from '../text/language'
import { useWords } from '../text/words'
import { AgentsPanel } from './agents-panel'
import { ageOf, longestWait } from './board'
import { CallsPanel } from './calls-panel'
import { alarmsOf, audible } from './limits'
import { ShiftPanel } from './shift-panel'
import { SystemStrip } from './system-strip'
import { TodayPanel } from './today-panel'
import { useAlarmSound, useAwake, useSoundWanted } from './use-alarm'
import { useBoard } from './use-board'
import classes from './wallboard.module.css'
import { words } from './words'

export function WallboardPage({ staff }: { staff: Staff }) {
  const { w } = useWords(words)
  const { t, language } = useText()
  const { toggle } = useFullscreenDocument()
  const { board, now } = useBoard()
  const [search, setSearch] = useSearchParams()
  const screen = search.get('screen') === '1'
  const supervisor = useSupervisor(screen ? '' : staff.role)
  const heard = useHeard(supervisor)
  const [messageTo, setMessageTo] = useState<MessageTo>(null)
  const [lineShown, setLineShown] = useState(false)
  const [queueAsked, setQueueAsked] = useState<QueueSwitch | null>(null)
  const { live, lostSince } = board
  const alarms = live === null ? null : alarmsOf(live, longestWait(board, now))
  const [sound, toggleSound] = useSoundWanted()
  useAlarmSound(sound && alarms !== null && lostSince === null && (audible(alarms) || (live?.emergency?.alarms.length ?? 0) > 0), live?.limits.sound_every_ms ?? 0)
  useAwake(screen)
  const message = useCallback((agent: string) => setMessageTo(agent === '' ? 'all' : { agent }), [])
  return (
    <div className={classes.board} data-screen={screen || undefined} data-lost={lostSince !== null || undefined} data-testid="wallboard">
      {supervisor !== null && heard !== null ? (
        <EarStrip supervisor={supervisor} heard={heard} />
      ) : (
        <header className={classes.head}>
          <Group gap="md" wrap="nowrap">
            {!screen && (
              <Anchor component={Link} href="/tickets" c="dimmed" aria-label={t('navTickets')}>
                <IconArrowLeft />
              </Anchor>
            )}
            <Text fw={800} fz="inherit">
              {t('brand')}
            </Text>
          </Group>
          {live !== null && alarms !== null && <ShiftPanel shift={live.shift} alarm={alarms.seats} screen={screen} />}
          <Group gap="md" wrap="nowrap">
            <Text className="tick" fz="inherit" data-testid="wallboard-clock">
              {timeOfDay(Date.now())}
            </Text>
            {!screen && (
              <>
                <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('otherLanguage')} onClick={() => setLanguage(language === 'vi' ? 'en' : 'vi')}>
                  <IconLanguage />
                </ActionIcon>
                <ActionIcon variant="subtle" color="gray" size="lg" aria-label={w(sound ? 'soundOn' : 'soundOff')} aria-pressed={sound} onClick={toggleSound} data-testid="wallboard-sound">
                  {sound ? <IconBell /> : <IconBellOff />}
                </ActionIcon>
                <ActionIcon variant="subtle" color="gray" size="lg" aria-label={w('screen')} title={w('screen')} onClick={() => setSearch({ screen: '1' })} data-testid="wallboard-screen">
                  <IconDeviceTv />
                </ActionIcon>
              </>
            )}
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('fullScreen')} onClick={() => void toggle()}>
              <IconMaximize />
            </ActionIcon>
          </Group>
        </header>
      )}
      {lostSince !== null && (
        <div className={classes.banner} role="alert" data-testid="wallboard-lost">
          {live === null ? t('connecting') : t('lost', { time: timeOfDay(lostSince) })}
        </div>
      )}
      {live?.emergency !== undefined && <EmergencyStrip emergency={live.emergency} at={Date.parse(live.at) + ageOf(board, now)} desks={live.desks} />}
      {live !== null && alarms !== null && (
        <main className={classes.panels}>
          <CallsPanel board={board} now={now} alarms={alarms} screen={screen} onLine={supervisor && (() => setLineShown(true))} onQueue={supervisor && setQueueAsked} />
          <TodayPanel live={live} alarms={alarms} screen={screen} />
          <AgentsPanel board={board} now={now} screen={screen} supervisor={supervisor} onMessage={message} />
        </main>
      )}
      {live !== null && <SystemStrip live={live} />}
      {live !== null && supervisor !== null && !screen && (
        <>
          <MessageDialog to={messageTo} live={live} supervisor={supervisor} onClose={() => setMessageTo(null)} />
          <LineDialog opened={lineShown} live={live} supervisor={supervisor} onClose={() => setLineShown(false)} />
          <QueueDialog of={queueAsked} supervisor={supervisor} onClose={() => setQueueAsked(null)} />
        </>
      )}
    </div>
  )
}
