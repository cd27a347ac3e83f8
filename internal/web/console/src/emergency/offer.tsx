import { Alert, Stack, Text } from '@mantine/core'
import { IconUrgent } from '@tabler/icons-react'
import type { Offer } from '../api/types'
import { useLoad } from '../api/use-load'
import { useNow } from '../shell/use-now'
import { useWords } from '../text/words'
import { inOrder } from './ladder'
import { AttemptLine } from './service-card'
import { serviceName } from './services'
import type { Emergencies } from './types'
import { words } from './words'

const lookMs = 1_000

/** Says, above a call that rings, that somebody is in danger, and how far the command centre is. */
export function EmergencyOffer({ offer }: { offer: Offer }) {
  const { w, pick } = useWords(words)
  const now = useNow()
  const { data } = useLoad<Emergencies>('/emergency', lookMs)
  const attempts = data?.handovers.find((h) => h.call === offer.call)?.services.flatMap((s) => s.attempts) ?? []
  return (
    <Alert color="red.8" variant="filled" icon={<IconUrgent size={32} />} role="alert" data-testid="emergency-offer" data-service={offer.service}>
      <Text fz={28} fw={900} lh={1.2}>
        {w('offerTitle')}
        {offer.service !== '' && ` · ${serviceName(data?.services ?? [], offer.service, pick)}`}
      </Text>
      <Text fz="lg" fw={600}>
        {w('offerLead')}
      </Text>
      {attempts.length > 0 && (
        <Stack gap={4} mt="xs" p="xs" bg="white" c="dark" style={{ borderRadius: 8 }}>
          <Text size="sm">{w('offerWith')}</Text>
          {inOrder(attempts).map((a) => (
            <AttemptLine key={a.attempt} attempt={a} now={now} />
          ))}
        </Stack>
      )}
    </Alert>
  )
}
