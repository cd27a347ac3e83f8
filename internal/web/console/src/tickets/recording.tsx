import { Paper, Stack, Text, Title } from '@mantine/core'
import type { Ticket } from '../api/types'
import { dateTime } from '../format/format'
import { Player } from '../recordings/player'
import { useText } from '../text/language'

/** What was said: each conversation and message, playable at any place. */
export function Recordings({ ticket }: { ticket: Ticket }) {
  const { t } = useText()
  const kept = ticket.recordings ?? []
  return (
    <Paper data-testid="recording">
      <Title order={2} fz="lg" mb="md">
        {t('recording')}
      </Title>
      {kept.length === 0 && <Text c="gray.7">{t('recordingNone')}</Text>}
      <Stack gap="xl">
        {kept.map((one) => (
          <div key={`${one.call} ${one.n}`} data-testid="recording-one" data-what={one.what}>
            {(kept.length > 1 || one.what !== 'conversation') && (
              <Text fw={600} mb={4}>
                {t(`recordingOf_${one.what}`)} <span className="tick">{dateTime(one.at)}</span>
              </Text>
            )}
            <Player recording={one} />
          </div>
        ))}
      </Stack>
    </Paper>
  )
}
