import { Box, Button, Group, Kbd, Menu, Paper, Stack, Text } from '@mantine/core'
import { IconCheck, IconHeadset, IconPlayerPauseFilled } from '@tabler/icons-react'
import { useState } from 'react'
import { duration } from '../format/format'
import { useNow } from '../shell/use-now'
import { useText } from '../text/language'
import type { TextKey } from '../text/strings'
import { useWords } from '../text/words'
import { stateColor } from '../theme'
import { HeadsetDialog } from './headset-dialog'
import { words } from './headset-words'
import type { DeskSession } from './session'
import { pauseId } from './use-keys'
import { notReadyBecause, stageOf, type DeskState } from './state'

/** The agent's state in large, and the two buttons that change it. */
export function StateCard({ desk, state, onHelp }: { desk: DeskSession; state: DeskState; onHelp: () => void }) {
  const { t } = useText()
  const { w } = useWords(words)
  const now = useNow()
  const [opened, open] = useState(false)
  const { agent } = state
  const reason = useReason(state)
  const canReady = notReadyBecause(state) === null && (agent.state === 'paused' || agent.state === 'wrap_up')
  return (
    <Paper p={0} style={{ overflow: 'hidden' }}>
      <Box bg={`${stateColor[agent.state]}.8`} c="white" p="lg" ta="center" aria-live="polite">
        <Text fz={30} fw={800} lh={1.2} data-testid="desk-state" data-state={agent.state} data-reason={agent.reason}>
          {t(agent.state)}
        </Text>
        {reason !== '' && <Text mt={4}>{reason}</Text>}
        <Text className="tick" fz={40} fw={600} lh={1.3}>
          {agent.since ? duration(now - Date.parse(agent.since)) : '–'}
        </Text>
      </Box>
      <Stack p="md" gap="sm">
        <Button size="xl" color="green.8" disabled={!canReady} leftSection={<IconCheck />} rightSection={<Kbd>F8</Kbd>} onClick={() => void desk.ready()} data-testid="ready">
          {t('ready')}
        </Button>
        <Menu position="bottom" width="target">
          <Menu.Target>
            <Button id={pauseId} size="lg" variant="default" disabled={agent.state === 'offline'} leftSection={<IconPlayerPauseFilled size={18} />} data-testid="pause">
              {t('pause')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('pauseWhy')}</Menu.Label>
            {state.pauseReasons.map((r) => (
              <PauseItem key={r.key} desk={desk} reason={r} />
            ))}
          </Menu.Dropdown>
        </Menu>
        <Group grow gap="xs">
          <Button size="xs" px={4} variant="subtle" leftSection={<IconHeadset size={16} />} onClick={() => open(true)} data-testid="headset">
            {w('headset')}
          </Button>
          <Button size="xs" px={4} variant="subtle" leftSection={<Kbd size="xs">?</Kbd>} onClick={onHelp} data-testid="help">
            {t('keysHint')}
          </Button>
        </Group>
        <HeadsetDialog desk={desk} state={state} opened={opened} onClose={() => open(false)} />
        {state.pauseAfterCall !== '' && stageOf(state) !== 'idle' && (
          <Text c="orange.9" fw={600} ta="center">
            {t('pauseAfterCall')}
          </Text>
        )}
      </Stack>
    </Paper>
  )
}

function PauseItem({ desk, reason }: { desk: DeskSession; reason: DeskState['pauseReasons'][number] }) {
  const { pick } = useText()
  return (
    <Menu.Item fz="md" onClick={() => void desk.pause(reason.key)} data-testid={`pause-${reason.key}`}>
      {pick(reason)}
    </Menu.Item>
  )
}

// Reasons that the hotline gives by itself; the others are in configs/shifts.yaml.
const pauseText: Record<string, TextKey | undefined> = {
  signed_in: 'reason_signed_in',
  rona: 'reason_rona',
  refused: 'reason_refused',
  no_phone: 'reason_no_phone',
  asked: 'reason_asked',
  shift_over: 'reason_shift_over',
}

function useReason({ agent, pauseReasons }: DeskState): string {
  const { t, pick } = useText()
  if (agent.kept !== null && (agent.state === 'paused' || agent.state === 'offline')) return t('keptState')
  if (agent.state !== 'paused') return ''
  const ours = pauseText[agent.reason]
  if (ours !== undefined) return t(ours)
  const known = pauseReasons.find((r) => r.key === agent.reason)
  return known === undefined ? agent.reason : pick(known)
}
