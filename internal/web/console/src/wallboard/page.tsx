import { ActionIcon, Anchor, Group, Text } from '@mantine/core'
import { useFullscreenDocument } from '@mantine/hooks'
import { IconArrowLeft, IconLanguage, IconMaximize } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Staff } from '../api/types'
import { dateTime, timeOfDay } from '../format/format'
import { EarStrip, useHeard } from '../supervise/ear-strip'
import { LineDialog } from '../supervise/line-dialog'
import { MessageDialog, type MessageTo } from '../supervise/message-dialog'
import { useSupervisor } from '../supervise/use-supervisor'
import { setLanguage, useText } from '../text/language'
import { AgentsPanel } from './agents-panel'
import { CallsPanel } from './calls-panel'
import { ShiftPanel } from './shift-panel'
import { TodayPanel } from './today-panel'
import { useBoard } from './use-board'
import classes from './wallboard.module.css'

export function WallboardPage({ staff }: { staff: Staff }) {
  const { t, language } = useText()
  const { toggle } = useFullscreenDocument()
  const { board, now } = useBoard()
  const supervisor = useSupervisor(staff.role)
  const heard = useHeard(supervisor)
  const [messageTo, setMessageTo] = useState<MessageTo>(null)
  const [lineShown, setLineShown] = useState(false)
  const { live, lostSince } = board
  return (
    <div className={classes.board} data-lost={lostSince !== null || undefined} data-testid="wallboard">
      {supervisor !== null && heard !== null ? (
        <EarStrip supervisor={supervisor} heard={heard} />
      ) : (
        <header className={classes.head}>
          <Group gap="md" wrap="nowrap">
            <Anchor component={Link} href="/tickets" c="dimmed" aria-label={t('navTickets')}>
              <IconArrowLeft />
            </Anchor>
            <Text fw={800} fz="inherit">
              {t('brand')}
            </Text>
          </Group>
          {live !== null && <ShiftPanel shift={live.shift} />}
          <Group gap="md" wrap="nowrap">
            <Text className="tick" fz="inherit" data-testid="wallboard-clock">
              {dateTime(Date.now())}
            </Text>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('otherLanguage')} onClick={() => setLanguage(language === 'vi' ? 'en' : 'vi')}>
              <IconLanguage />
            </ActionIcon>
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
      {live !== null && (
        <main className={classes.panels}>
          <CallsPanel board={board} now={now} onLine={supervisor && (() => setLineShown(true))} />
          <TodayPanel live={live} />
          <AgentsPanel board={board} now={now} supervisor={supervisor} onMessage={(agent) => setMessageTo(agent === '' ? 'all' : { agent })} />
        </main>
      )}
      {live !== null && supervisor !== null && (
        <>
          <MessageDialog to={messageTo} live={live} supervisor={supervisor} onClose={() => setMessageTo(null)} />
          <LineDialog opened={lineShown} live={live} supervisor={supervisor} onClose={() => setLineShown(false)} />
        </>
      )}
    </div>
  )
}
