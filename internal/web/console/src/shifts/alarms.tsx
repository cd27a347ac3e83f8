import { Alert, Button, Group, Text } from '@mantine/core'
import { IconBellRinging } from '@tabler/icons-react'
import { useLoad } from '../api/use-load'
import { timeOfDay } from '../format/format'
import { useWords } from '../text/words'
import type { Alarm, Slot } from './types'
import { words } from './words'

/** What is wrong with the shift that runs, and the way to somebody for the seat. */
export function Alarms({ onSlot }: { onSlot: (slot: Slot) => void }) {
  const { w, pick } = useWords(words)
  const { data } = useLoad<{ alarms: Alarm[] }>('/roster/alarms', 15_000)
  return data?.alarms.map((alarm) => (
    <Alert key={alarm.kind + alarm.shift} color="red" mb="sm" py="xs" icon={<IconBellRinging />} role="alert" data-testid={`alarm-${alarm.kind}`}>
      <Group gap="md" justify="space-between">
        <Text>
          {pick(alarm)} ({w('alarmSince', { time: timeOfDay(alarm.since).slice(0, 5) })})
        </Text>
        <Button size="compact-sm" color="red.8" onClick={() => onSlot(alarm)}>
          {w('findSomebody')}
        </Button>
      </Group>
    </Alert>
  ))
}
