// One recording: seen by whoever may, heard by who says why.
import { ActionIcon, Alert, Button, Group, LoadingOverlay, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconDownload, IconPlayerPauseFilled, IconPlayerPlayFilled, IconRewindBackward10, IconRewindForward10 } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { api, wordsOf } from '../api/client'
import type { KeptRecording, Words } from '../api/types'
import { useLoad } from '../api/use-load'
import { duration } from '../format/format'
import { useText } from '../text/language'
import { useWords } from '../text/words'
import { Sides, type Side } from './sound'
import type { Peaks } from './types'
import { Waves } from './waves'
import { WhyDialog } from './why-dialog'
import { words } from './words'

const colors = ['#1560b8', '#0b7285'] as const
const speeds = ['0.5', '0.75', '1', '1.25', '1.5', '2']
const skipMs = 10_000

type Wish = 'play' | 'download' | null

/** The citizen's side above, the agent's below; a message has the citizen's alone. */
export function Player({ recording }: { recording: KeptRecording }) {
  const { w, pick } = useWords(words)
  const { t } = useText()
  const base = `/recordings/${encodeURIComponent(recording.call)}`
  const { data: peaks, problem } = useLoad<Peaks>(`${base}/peaks?n=${recording.n}`)
  const audio = useRef<HTMLAudioElement>(null)
  const sides = useRef<Sides | null>(null)
  const [url, setUrl] = useState<string | null>(null)
  const [wish, setWish] = useState<Wish>(null)
  const [playing, setPlaying] = useState(false)
  const [atMs, setAtMs] = useState(0)
  const [speed, setSpeed] = useState('1')
  const [side, setSide] = useState<Side>(null)
  const [refused, setRefused] = useState<Words | null>(null)

  useEffect(() => () => sides.current?.close(), [])
  useEffect(() => {
    if (audio.current !== null) audio.current.playbackRate = Number(speed)
  }, [speed, url])

  const ask = async (reason: string) => {
    const download = wish === 'download'
    setWish(null)
    try {
      const { url: allowed } = await api<{ url: string }>('POST', `${base}/listenings`, { n: recording.n, reason, download })
      setRefused(null)
      if (download) save(allowed, `${recording.call}-${recording.n}.wav`)
      else setUrl(allowed)
    } catch (error) {
      setRefused(wordsOf(error))
    }
  }
  // The element has its address only after the next drawing.
  useEffect(() => {
    if (url === null || audio.current === null) return
    audio.current.currentTime = atMs / 1000
    audio.current.play().catch(() => setPlaying(false))
    // Only once: where it goes on from is the element's own matter afterwards.
  }, [url])

  const toggle = () => {
    const element = audio.current
    if (url === null || element === null) return setWish('play')
    sides.current?.resume()
    if (element.paused) void element.play()
    else element.pause()
  }
  const seek = (ms: number) => {
    const to = Math.min(Math.max(ms, 0), peaks?.duration_ms ?? 0)
    setAtMs(to)
    if (url !== null && audio.current !== null) audio.current.currentTime = to / 1000
  }
  const hear = (choice: string) => {
    const only = choice === 'both' ? null : (Number(choice) as 0 | 1)
    setSide(only)
    if (audio.current === null) return
    sides.current ??= new Sides(audio.current)
    sides.current.hear(only)
  }
  // A listening ends after hours, and at a restart of the server: then it is asked for again.
  const broken = () => {
    if (url === null) return
    setUrl(null)
    setPlaying(false)
    setRefused({ vi: 'Phiên nghe đã hết. Bấm phát để nghe tiếp.', en: 'The listening is over. Press play to go on.' })
  }

  const phase = problem !== null ? 'failed' : peaks === null ? 'loading' : 'ready'
  const stereo = (peaks?.channels.length ?? 2) > 1
  return (
    <Stack gap="sm" data-testid="recording-player" data-phase={phase} data-playing={playing} data-at={Math.floor(atMs)} pos="relative">
      <LoadingOverlay visible={phase === 'loading'} />
      {problem !== null && <Alert color="orange">{t('recordingFailed')}</Alert>}
      {refused !== null && <Alert color="red">{pick(refused)}</Alert>}
      <audio
        ref={audio}
        src={url ?? undefined}
        preload="auto"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onError={broken}
        onTimeUpdate={(event) => setAtMs(event.currentTarget.currentTime * 1000)}
      />
      {peaks !== null && (
        <>
          <Group wrap="nowrap" gap="sm">
            <Stack gap={0} justify="space-around" h={peaks.channels.length * 72} mt={14} w={90}>
              <Text size="sm" fw={600} c={colors[0]}>
                {t('citizen')}
              </Text>
              {stereo && (
                <Text size="sm" fw={600} c={colors[1]}>
                  {t('agent')}
                </Text>
              )}
            </Stack>
            <Waves peaks={peaks} atMs={atMs} colors={colors} alone={side} onSeek={seek} />
          </Group>
          <Group>
            <ActionIcon size={40} variant="default" radius="xl" onClick={() => seek(atMs - skipMs)} aria-label={w('back')}>
              <IconRewindBackward10 size={20} />
            </ActionIcon>
            <ActionIcon size={48} radius="xl" onClick={toggle} aria-label={t(playing ? 'stop' : 'play')} data-testid="recording-play">
              {playing ? <IconPlayerPauseFilled /> : <IconPlayerPlayFilled />}
            </ActionIcon>
            <ActionIcon size={40} variant="default" radius="xl" onClick={() => seek(atMs + skipMs)} aria-label={w('ahead')}>
              <IconRewindForward10 size={20} />
            </ActionIcon>
            <Text className="tick" fz="lg">
              {duration(atMs)} / {duration(peaks.duration_ms)}
            </Text>
            <SegmentedControl value={speed} onChange={setSpeed} data={speeds.map((s) => ({ value: s, label: `${s}×` }))} aria-label={w('speed')} data-testid="recording-speed" />
            {stereo && (
              <SegmentedControl
                value={side === null ? 'both' : String(side)}
                onChange={hear}
                data={[
                  { value: 'both', label: w('both') },
                  { value: '0', label: t('citizen') },
                  { value: '1', label: t('agent') },
                ]}
              />
            )}
            <Button ml="auto" variant="subtle" leftSection={<IconDownload size={18} />} onClick={() => setWish('download')} data-testid="recording-download">
              {t('download')}
            </Button>
          </Group>
        </>
      )}
      <WhyDialog opened={wish !== null} onClose={() => setWish(null)} onWhy={(reason) => void ask(reason)} />
    </Stack>
  )
}

function save(url: string, name: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}
