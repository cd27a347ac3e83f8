import { Alert, Button, Group, Text } from '@mantine/core'
import { IconBellRinging } from '@tabler/icons-react'
import { useLoad } from '../api/use-load'
import { timeOfDay } from '../format/format'
import { useWords } from '../text/words'
import { loudest } from './plan'
import type { Alarm, Slot } from './types'
import { words } from './words'

/** What is wrong with the shift that runs, and the way to somebody for the seat. */
export function Alarms({ onSlot }: { onSlot: (slot: Slot) => void }) {
  const { w, pick } = useWords(words)
  const { data } = useLoad<{ alarms: Alarm[] }>('/roster/alarms', 15_000)
  return loudest(data?.alarms ?? []).map((alarm) => (
    <Alert key={alarm.kind + alarm.shift} color="red" mb="xs" py="xs" icon={<IconBellRinging />} role="alert" data-testid={`alarm-${alarm.kind}`}>
      <Group gap="md" wrap="nowrap" justify="space-between">
        <Text size="sm" lineClamp={2}>
          {pick(alarm)} ({w('alarmSince', { time: timeOfDay(alarm.since).slice(0, 5) })})
        </Text>
        <Button size="compact-sm" color="red.8" flex="none" onClick={() => onSlot(alarm)}>
          {w('findSomebody')}
        </Button>
      </Group>
    </Alert>
  ))
}
