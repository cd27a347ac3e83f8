// The desk in the page's head: its state beside every page, and the way back to it
// when a call comes in while the agent reads something else.
import { Badge, Button, Group, Tooltip } from '@mantine/core'
import { useEffect, useSyncExternalStore } from 'react'
import { useLocation } from 'wouter'
import { stageOf } from '../desk/state'
import type { DeskSession } from '../desk/session'
import { duration } from '../format/format'
import type { Light } from '../phone/line'
import { useText } from '../text/language'
import type { TextKey } from '../text/strings'
import { stateColor } from '../theme'
import { useNow } from './use-now'
import classes from './desk-strip.module.css'

const lightText: Record<Light, TextKey> = {
  off: 'lightOff',
  connecting: 'lightConnecting',
  registered: 'lightRegistered',
  lost: 'lightLost',
}

export function DeskStrip({ desk }: { desk: DeskSession }) {
  const { t } = useText()
  const [path, go] = useLocation()
  const now = useNow()
  const state = useSyncExternalStore(desk.subscribe, desk.getState)
  const stage = stageOf(state)

  useEffect(() => {
    if (stage === 'incoming') go('/desk')
  }, [stage, go])

  const since = stage === 'talking' ? state.talkingSince : state.agent.since
  return (
    <Group gap="sm" wrap="nowrap">
      {path !== '/desk' && stage !== 'idle' && (
        <Button variant="white" onClick={() => go('/desk')}>
          {t('backToDesk')}
        </Button>
      )}
      <Badge size="xl" color={stateColor[state.agent.state]} variant="filled" tt="none" className="tick">
        {t(state.agent.state)} {since ? duration(now - Date.parse(since)) : ''}
      </Badge>
      <Tooltip label={t(lightText[state.light])}>
        <span className={classes.light} data-testid="sip-light" data-light={state.light} role="img" aria-label={t(lightText[state.light])} />
      </Tooltip>
    </Group>
  )
}
