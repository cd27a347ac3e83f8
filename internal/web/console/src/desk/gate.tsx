// The page of a desk that is not open: why, and what to do.
import { Button, Center, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconHeadset } from '@tabler/icons-react'
import { useText } from '../text/language'
import type { TextKey } from '../text/strings'
import type { SignedOutWhy } from '../api/types'
import type { DeskSession } from './session'
import type { DeskState } from './state'

const closedText: Record<SignedOutWhy, [TextKey, TextKey]> = {
  replaced: ['closedReplaced', 'closedReplacedLead'],
  signed_out: ['closedSignedOut', 'closedSignedOutLead'],
  shift_over: ['closedShiftOver', 'closedShiftOverLead'],
  by_supervisor: ['closedBySupervisor', 'closedBySupervisorLead'],
}

export function DeskGate({ desk, state }: { desk: DeskSession; state: DeskState }) {
  const { t, pick } = useText()
  if (state.phase === 'opening') {
    return (
      <Center mih="60vh">
        <Group>
          <Loader />
          <Text fz="lg">{t('opening')}</Text>
        </Group>
      </Center>
    )
  }

  const [title, lead, button] = texts()
  return (
    <Center mih="60vh">
      <Paper p={48} maw={640} shadow="sm" data-testid="desk-gate" data-phase={state.phase} data-why={state.closedWhy ?? ''}>
        <Stack align="center" ta="center">
          {state.phase === 'closed' ? <IconHeadset size={56} color="gray" /> : <IconAlertTriangle size={56} color="var(--mantine-color-orange-7)" />}
          <Title order={2}>{title}</Title>
          <Text fz="lg" c="gray.7">
            {lead}
          </Text>
          <Button size="lg" mt="md" onClick={() => void desk.open(state.phase !== 'failed')} data-testid="desk-open">
            {button}
          </Button>
        </Stack>
      </Paper>
    </Center>
  )

  function texts(): [string, string, string] {
    if (state.phase === 'elsewhere') return [t('elsewhereTitle'), t('elsewhereLead'), t('openHere')]
    if (state.phase === 'failed') return [t('openFailed'), state.problem === null ? '' : pick(state.problem), t('tryAgain')]
    const why = state.closedWhy ?? 'signed_out'
    const [heading, text] = closedText[why]
    return [t(heading), t(text), t(why === 'replaced' ? 'openHere' : 'enterDesk')]
  }
}
