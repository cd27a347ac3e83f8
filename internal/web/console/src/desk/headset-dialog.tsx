// Microphone and loudspeaker: which, whether the microphone hears anything, and a call to
// the exchange that sends one's own voice back.
import { Alert, Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { IconPhoneCall, IconPhoneOff, IconVolume } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { chooseDevice, chosenDevice, listDevices, type DeviceKind } from '../phone/devices'
import { startRinging } from '../phone/ring'
import { useWords } from '../text/words'
import { words } from './headset-words'
import classes from './level.module.css'
import type { DeskSession } from './session'
import { notReadyBecause, stageOf, type DeskState } from './state'

const ringMs = 1_500
const heardAbove = 0.01

interface Props {
  desk: DeskSession
  state: DeskState
  opened: boolean
  onClose: () => void
}

export function HeadsetDialog({ desk, state, opened, onClose }: Props) {
  const { w } = useWords(words)
  const close = () => {
    desk.endTest()
    onClose()
  }
  return (
    <Modal opened={opened} onClose={close} title={w('headset')} data-testid="headset-dialog">
      <Stack>
        <Device kind="microphone" label={w('microphone')} onChoose={() => void desk.askForMicrophone()} />
        <MicrophoneLevel desk={desk} />
        <Device kind="speaker" label={w('speaker')} onChoose={() => void desk.useSpeaker()} />
        <Button variant="default" leftSection={<IconVolume size={18} />} onClick={() => ringOnce(desk)}>
          {w('ringer')}
        </Button>
        <TestCall desk={desk} can={stageOf(state) === 'idle' && state.agent.state === 'paused' && notReadyBecause(state) === null} />
      </Stack>
    </Modal>
  )
}

function ringOnce(desk: DeskSession): void {
  desk.ear.wake()
  setTimeout(startRinging(desk.ear.context, false), ringMs)
}

function Device({ kind, label, onChoose }: { kind: DeviceKind; label: string; onChoose: () => void }) {
  const { w } = useWords(words)
  const [devices, setDevices] = useState<{ value: string; label: string }[]>([])
  const [chosen, setChosen] = useState(chosenDevice(kind))
  useEffect(() => {
    const look = () => void listDevices(kind).then(setDevices, () => {})
    look()
    navigator.mediaDevices?.addEventListener('devicechange', look)
    return () => navigator.mediaDevices?.removeEventListener('devicechange', look)
  }, [kind])
  return (
    <Select
      label={label}
      allowDeselect={false}
      data={[{ value: '', label: w('usual') }, ...devices]}
      value={devices.some((d) => d.value === chosen) ? chosen : ''}
      onChange={(id) => {
        if (id === null) return
        chooseDevice(kind, id)
        setChosen(id)
        onChoose()
      }}
      data-testid={`device-${kind}`}
    />
  )
}

/** Drawn past React, twenty times a second. */
function MicrophoneLevel({ desk }: { desk: DeskSession }) {
  const { w } = useWords(words)
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const stream = desk.microphone
    if (stream === null) return
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    const wave = new Float32Array(analyser.fftSize)
    context.createMediaStreamSource(stream).connect(analyser)
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(wave)
      const rms = Math.sqrt(wave.reduce((sum, sample) => sum + sample * sample, 0) / wave.length)
      const part = Math.min(1, Math.max(0, (20 * Math.log10(rms) + 55) / 45))
      if (bar.current === null) return
      bar.current.style.transform = `scaleX(${part})`
      bar.current.dataset.heard = String(rms > heardAbove)
    }, 50)
    return () => {
      clearInterval(timer)
      void context.close()
    }
  }, [desk, desk.microphone])
  return (
    <div>
      <Group gap="sm" wrap="nowrap">
        <Text size="sm" className="nowrap">
          {w('level')}
        </Text>
        <div className={classes.track}>
          <div ref={bar} className={classes.bar} data-testid="microphone-level" />
        </div>
      </Group>
      <Text size="sm" c="gray.7">
        {w('levelHint')}
      </Text>
    </div>
  )
}

type Test = 'none' | 'testing' | 'heard' | 'silent' | 'failed'

function TestCall({ desk, can }: { desk: DeskSession; can: boolean }) {
  const { w } = useWords(words)
  const [test, setTest] = useState<Test>('none')
  const listening = useRef<ReturnType<typeof setInterval>>(undefined)
  useEffect(() => () => clearInterval(listening.current), [])

  const begin = () => {
    setTest('testing')
    const over = (was: Test) => {
      clearInterval(listening.current)
      // What was heard once is heard, however the call ends.
      setTest((now) => (now === 'testing' ? was : now))
    }
    desk.testCall({ onEnded: (answered) => over(answered ? 'silent' : 'failed') })
    listening.current = setInterval(() => desk.ear.rms() > heardAbove && setTest('heard'), 100)
  }
  return (
    <Stack gap="xs" data-testid="test-call" data-test={test}>
      <Group grow>
        <Button leftSection={<IconPhoneCall size={18} />} disabled={!can || test === 'testing'} onClick={begin} data-testid="test-begin">
          {w('testCall')}
        </Button>
        <Button variant="default" leftSection={<IconPhoneOff size={18} />} onClick={() => desk.endTest()} data-testid="test-end">
          {w('stopTest')}
        </Button>
      </Group>
      <Text size="sm" c="gray.7">
        {w('testCallHint')}
      </Text>
      {test === 'testing' && <Alert color="blue">{w('testing')}</Alert>}
      {test === 'heard' && <Alert color="green">{w('testHeard')}</Alert>}
      {test === 'silent' && <Alert color="orange">{w('testSilent')}</Alert>}
      {test === 'failed' && <Alert color="red">{w('testFailed')}</Alert>}
    </Stack>
  )
}
