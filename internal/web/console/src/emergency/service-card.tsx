import { Badge, Button, Group, Kbd, Paper, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconPhone, IconPhoneCalling, IconPhoneOff, IconPhoneOutgoing, IconPlayerTrackNext } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { DeskSession } from '../desk/session'
import { duration } from '../format/format'
import { useNow } from '../shell/use-now'
import { useWords } from '../text/words'
import { inOrder, lasted, toConfirm } from './ladder'
import { serviceName } from './services'
import type { Attempt, AttemptState, EmergencyService, HandoverService } from './types'
import { words } from './words'

interface ServiceCardProps {
  desk: DeskSession
  service: HandoverService
  services: readonly EmergencyService[]
  name: (agent: string) => string
}

/** One command centre that is called: its ladder, its clocks, and the confirmation. */
export function ServiceCard({ desk, service, services, name }: ServiceCardProps) {
  const { w, pick } = useWords(words)
  const now = useNow()
  const done = service.confirmed !== null
  const stands = done ? 'confirmed' : service.answered === null ? 'called' : 'answered'
  return (
    <Paper p="md" style={{ borderWidth: 2, borderColor: `var(--mantine-color-${done ? 'green' : 'red'}-8)` }} data-testid="handover-service" data-service={service.service} data-stands={stands}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Text fz={24} fw={800} c={done ? 'green.9' : 'red.9'}>
            {serviceName(services, service.service, pick)}
            {service.round > 1 && ` · ${w('round', { n: service.round })}`}
          </Text>
          <Text className="tick" fw={600}>
            {w('sinceBegun', { time: duration(lasted(service, service.confirmed, now)) })}
            {' · '}
            {service.answered === null ? w('notAnswered') : w('answeredAfter', { time: duration(lasted(service, service.answered, now)) })}
          </Text>
        </Group>
        <Stack gap={4} aria-live="polite">
          {inOrder(service.attempts).map((a) => (
            <AttemptLine key={a.attempt} attempt={a} now={now} />
          ))}
        </Stack>
        {done ? (
          <Group gap="xs" c="green.9" data-testid="handover-confirmed">
            <IconCircleCheck aria-hidden />
            <Text fw={700}>
              {w('confirmedAfter', { time: duration(lasted(service, service.confirmed, now)) })}
              {service.confirmed_by !== '' && `, ${w('confirmedBy', { who: name(service.confirmed_by) })}`}
            </Text>
          </Group>
        ) : (
          <>
            {toConfirm(service).map((a) => (
              <Button
                key={a.attempt}
                size="xl"
                color="green.8"
                title={w('confirmHint')}
                leftSection={<IconCircleCheck />}
                rightSection={<Kbd>Alt B</Kbd>}
                onClick={() => void desk.handOver('confirm', { service: service.service, attempt: a.attempt })}
                data-testid="handover-confirm"
                data-attempt={a.attempt}
              >
                {w('confirm', { who: a.name })}
              </Button>
            ))}
            <Button variant="default" size="md" leftSection={<IconPlayerTrackNext size={18} />} onClick={() => void desk.handOver('advance', { service: service.service })} data-testid="handover-next">
              {w('next')}
            </Button>
          </>
        )}
      </Stack>
    </Paper>
  )
}

const stateColor: Record<AttemptState, string> = { called: 'blue.8', ringing: 'blue.8', answered: 'green.8', gone: 'gray.7' }
const stateIcon: Record<AttemptState, ReactNode> = {
  called: <IconPhoneOutgoing size={18} aria-hidden />,
  ringing: <IconPhoneCalling size={18} aria-hidden />,
  answered: <IconPhone size={18} aria-hidden />,
  gone: <IconPhoneOff size={18} aria-hidden />,
}

/** A destination, what became of it in words, and for how long. */
export function AttemptLine({ attempt, now }: { attempt: Attempt; now: number }) {
  const { w } = useWords(words)
  const { state, why } = attempt
  const said = state === 'gone' ? (why === '' ? w('gone') : w(`why_${why}`)) : w(`state_${state}`)
  return (
    <Group gap="xs" wrap="nowrap" data-testid="handover-attempt" data-state={state} data-why={why}>
      <Badge size="lg" tt="none" miw="max-content" color={stateColor[state]} variant={state === 'gone' ? 'outline' : 'filled'} leftSection={stateIcon[state]}>
        {said}
      </Badge>
      <Text fw={600} td={state === 'gone' ? 'line-through' : undefined}>
        {attempt.name}
      </Text>
      {state !== 'gone' && (
        <Text className="tick" c="gray.7">
          {duration(now - Date.parse(attempt.since))}
        </Text>
      )}
    </Group>
  )
}
