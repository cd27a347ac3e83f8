// Whether what is said is recorded, and the button that changes it.
import { Button, Group, Text } from '@mantine/core'
import { IconPlayerPauseFilled, IconPointFilled } from '@tabler/icons-react'
import { duration } from '../format/format'
import { useNow } from '../shell/use-now'
import { useText } from '../text/language'
import classes from './recording-light.module.css'
import type { DeskSession } from './session'
import type { DeskState } from './state'

export function RecordingLight({ desk, state }: { desk: DeskSession; state: DeskState }) {
  const { t } = useText()
  const now = useNow()
  const until = state.recordingOffUntil
  if (until === null) {
    return (
      <Group className={classes.light} data-on data-testid="recording-light" justify="space-between" wrap="nowrap">
        <Group gap="xs" wrap="nowrap">
          <IconPointFilled color="var(--mantine-color-red-7)" />
          <Text fw={600}>{t('recordingOn')}</Text>
        </Group>
        <Button variant="default" leftSection={<IconPlayerPauseFilled size={18} />} title={t('recordingPauseHint')} onClick={() => void desk.record(false)} data-testid="recording-pause">
          {t('recordingPause')}
        </Button>
      </Group>
    )
  }
  return (
    <Group className={classes.light} data-testid="recording-light" data-off justify="space-between" wrap="nowrap" role="status">
      <div>
        <Text fw={800} fz="lg">
          {t('recordingOff')}
        </Text>
        <Text className="tick">{t('recordingBack', { time: duration(Math.max(0, Date.parse(until) - now)) })}</Text>
      </div>
      <Group gap="xs" wrap="nowrap">
        <Button variant="white" color="orange.9" onClick={() => void desk.record(false)}>
          {t('recordingMore')}
        </Button>
        <Button color="red.8" leftSection={<IconPointFilled size={18} />} onClick={() => void desk.record(true)} data-testid="recording-resume">
          {t('recordingResume')}
        </Button>
      </Group>
    </Group>
  )
}
