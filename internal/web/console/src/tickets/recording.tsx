import { ActionIcon, Alert, Anchor, Group, LoadingOverlay, Paper, Stack, Text, Title } from '@mantine/core'
import { IconDownload, IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import WaveSurfer from 'wavesurfer.js'
import type { KeptRecording, Ticket } from '../api/types'
import { dateTime, duration } from '../format/format'
import { useText } from '../text/language'

const channelHeight = 72
const citizenColor = '#1560b8'
const agentColor = '#0b7285'

type Player = { phase: 'loading' } | { phase: 'failed' } | { phase: 'ready'; playing: boolean; at: number; length: number }

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
            <Waves recording={one} />
          </div>
        ))}
      </Stack>
    </Paper>
  )
}

/** The citizen's channel above, the agent's below; a message has the citizen's alone. */
function Waves({ recording }: { recording: KeptRecording }) {
  const { t } = useText()
  const box = useRef<HTMLDivElement>(null)
  const surfer = useRef<WaveSurfer | null>(null)
  const [player, setPlayer] = useState<Player>({ phase: 'loading' })
  const { call, n } = recording
  const url = `/api/recordings/${encodeURIComponent(call)}?n=${n}`
  const channels = recording.what === 'message' ? 1 : 2

  useEffect(() => {
    const waves = WaveSurfer.create({
      container: box.current!,
      url,
      cursorColor: '#c92a2a',
      cursorWidth: 2,
      splitChannels: [citizenColor, agentColor].slice(0, channels).map((color) => ({ height: channelHeight, waveColor: `${color}88`, progressColor: color })),
    })
    surfer.current = waves
    const show = () => setPlayer({ phase: 'ready', playing: waves.isPlaying(), at: waves.getCurrentTime(), length: waves.getDuration() })
    waves.on('ready', show)
    waves.on('play', show)
    waves.on('pause', show)
    waves.on('finish', show)
    waves.on('timeupdate', show)
    waves.on('error', () => setPlayer({ phase: 'failed' }))
    return () => waves.destroy()
  }, [url, channels])

  return (
    <Stack gap="sm" data-testid="recording-player" data-phase={player.phase} data-playing={player.phase === 'ready' && player.playing}>
      {player.phase === 'failed' && <Alert color="orange">{t('recordingFailed')}</Alert>}
      <Group wrap="nowrap" gap="sm" pos="relative" display={player.phase === 'failed' ? 'none' : undefined}>
        {/* Over the waves and not in their place: they are drawn to the width that they have. */}
        <LoadingOverlay visible={player.phase === 'loading'} />
        <Stack gap={0} justify="space-around" h={channels * channelHeight} w={90} fw={600}>
          <Text size="sm" fw={600} c={citizenColor}>
            {t('citizen')}
          </Text>
          {channels > 1 && (
            <Text size="sm" fw={600} c={agentColor}>
              {t('agent')}
            </Text>
          )}
        </Stack>
        <div ref={box} style={{ flex: 1, minWidth: 0 }} />
      </Group>
      {player.phase === 'ready' && (
        <Group>
          <ActionIcon size={48} radius="xl" onClick={() => void surfer.current?.playPause()} aria-label={t(player.playing ? 'stop' : 'play')} data-testid="recording-play">
            {player.playing ? <IconPlayerPauseFilled /> : <IconPlayerPlayFilled />}
          </ActionIcon>
          <Text className="tick" fz="lg">
            {duration(player.at * 1000)} / {duration(player.length * 1000)}
          </Text>
          <Anchor href={url} download={`${call}-${n}.wav`} ml="auto">
            <Group gap={4}>
              <IconDownload size={18} /> {t('download')}
            </Group>
          </Anchor>
        </Group>
      )}
    </Stack>
  )
}
