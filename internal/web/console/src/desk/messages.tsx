// What supervisors have said and the agent has not read yet, the oldest first.
import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import { IconCheck, IconMessage } from '@tabler/icons-react'
import { timeOfDay } from '../format/format'
import { useText } from '../text/language'
import type { DeskSession } from './session'
import type { DeskState } from './state'

export function Messages({ desk, state }: { desk: DeskSession; state: DeskState }) {
  const { t } = useText()
  return (
    <>
      {state.messages.map((m) => (
        <Paper key={m.id} bg="yellow.1" p="md" style={{ borderColor: 'var(--mantine-color-yellow-7)', borderWidth: 2 }} role="alert" data-testid="desk-message">
          <Group wrap="nowrap" align="flex-start">
            <IconMessage color="var(--mantine-color-yellow-9)" />
            <Stack gap={2} flex={1}>
              <Text size="sm" c="gray.8">
                {t('messageFrom', { name: m.by_name, time: timeOfDay(m.at) })}
              </Text>
              <Text fz="lg" fw={600} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {m.text}
              </Text>
            </Stack>
            <Button size="md" leftSection={<IconCheck size={18} />} onClick={() => void desk.read(m.id)} data-testid="message-read">
              {t('messageRead')}
            </Button>
          </Group>
        </Paper>
      ))}
    </>
  )
}
