import { Alert, Button, FileButton, Group, Modal, Paper, Stack, Text } from '@mantine/core'
import { IconArrowBackUp, IconCheck, IconMicrophone, IconPlayerStopFilled, IconUpload } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { api, put, wordsOf } from '../api/client'
import type { Words } from '../api/types'
import { record, type Taking } from '../notice/record'
import { MicrophoneError } from '../phone/microphone'
import { useWords } from '../text/words'
import type { Sounding } from './search'
import { words } from './words'

/** A prompt in one language. */
export interface Chosen {
  key: string
  language: 'vi' | 'en'
  spoken: Sounding
}

interface Taken {
  length_ms: number
  peak: number
}

/** A person's voice in place of the machine's: recorded here, or from a file; and back. */
export function PromptDialog({ chosen, onClose, onChanged }: { chosen: Chosen; onClose: () => void; onChanged: () => void }) {
  const { w, pick } = useWords(words)
  const [taking, setTaking] = useState<Taking | null>(null)
  const [sound, setSound] = useState<Blob | null>(null)
  const [url, setURL] = useState('')
  const [problem, setProblem] = useState<Words | null>(null)
  const [taken, setTaken] = useState<Taken | null>(null)
  const [recorded, setRecorded] = useState(chosen.spoken.recorded)
  const [busy, setBusy] = useState(false)
  const going = useRef<Taking | null>(null)
  const path = `/prompts/${chosen.language}/${encodeURIComponent(chosen.key)}`

  useEffect(() => {
    if (sound === null) return setURL('')
    const made = URL.createObjectURL(sound)
    setURL(made)
    return () => URL.revokeObjectURL(made)
  }, [sound])
  // Whoever closes the dialog does not leave the microphone open.
  useEffect(() => () => void going.current?.stop(), [])

  const begin = async () => {
    setProblem(null)
    setTaken(null)
    try {
      going.current = await record()
      setTaking(going.current)
    } catch (error) {
      setProblem(error instanceof MicrophoneError ? { vi: words.noMicrophone.vi, en: words.noMicrophone.en } : wordsOf(error))
    }
  }
  const end = async () => {
    going.current = null
    setTaking(null)
    try {
      setSound((await taking?.stop()) ?? null)
    } catch (error) {
      setProblem(wordsOf(error))
    }
  }
  const settle = async (act: () => Promise<void>) => {
    setBusy(true)
    setProblem(null)
    try {
      await act()
      onChanged()
    } catch (error) {
      setProblem(wordsOf(error))
    }
    setBusy(false)
  }
  const use = () =>
    settle(async () => {
      if (sound === null) return
      setTaken(await put<Taken>(path, sound.type === 'audio/wav' ? sound : new Blob([sound], { type: 'audio/wav' })))
      setSound(null)
      setRecorded(true)
    })
  const forget = () =>
    settle(async () => {
      await api('DELETE', path)
      setTaken(null)
      setRecorded(false)
    })
  return (
    <Modal opened onClose={onClose} title={w('changeOf', { key: chosen.key, language: w(chosen.language) })} size="lg" centered>
      <Stack data-testid="prompt-dialog" data-recorded={recorded}>
        <Paper p="md" bg="gray.0">
          <Text size="sm" c="gray.7">
            {w('readThis')}
          </Text>
          <Text fz="lg">{chosen.spoken.text}</Text>
        </Paper>
        <Group>
          {taking === null ? (
            <Button leftSection={<IconMicrophone size={18} />} variant="default" onClick={() => void begin()} data-testid="prompt-record">
              {w(sound === null ? 'recordNow' : 'recordAgain')}
            </Button>
          ) : (
            <Button color="red.8" leftSection={<IconPlayerStopFilled size={18} />} onClick={() => void end()} data-testid="prompt-stop">
              {w('stopRecording')}
            </Button>
          )}
          <FileButton accept="audio/wav,.wav" onChange={(file) => file !== null && setSound(file)} inputProps={{ 'data-testid': 'prompt-file' } as object}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconUpload size={18} />}>
                {w('upload')}
              </Button>
            )}
          </FileButton>
          {recorded && (
            <Button variant="subtle" color="gray.8" leftSection={<IconArrowBackUp size={18} />} loading={busy} onClick={() => void forget()} data-testid="prompt-forget">
              {w('useMachine')}
            </Button>
          )}
        </Group>
        {sound !== null && url !== '' && (
          <Group>
            <audio controls src={url} data-testid="prompt-sound" />
            <Button leftSection={<IconCheck size={18} />} loading={busy} onClick={() => void use()} data-testid="prompt-use">
              {w('useIt')}
            </Button>
          </Group>
        )}
        {taken !== null && (
          <Alert color="green" role="status" data-testid="prompt-taken">
            {w('levels', { length: (taken.length_ms / 1000).toFixed(1), peak: Math.round(taken.peak * 100) })}
          </Alert>
        )}
        {problem !== null && (
          <Alert color="red" role="alert" data-testid="prompt-problem">
            {pick(problem)}
          </Alert>
        )}
      </Stack>
    </Modal>
  )
}
