// What everybody is told who calls: a supervisor types it, and it is spoken, or records it.
import { Alert, Badge, Button, Group, Paper, Select, Stack, Text, Textarea, Title } from '@mantine/core'
import { IconMicrophone, IconPlayerStopFilled, IconTrash } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { api, put, query, wordsOf } from '../api/client'
import type { CallersNotice, Words } from '../api/types'
import { dateTime } from '../format/format'
import { MicrophoneError } from '../phone/microphone'
import { useText } from '../text/language'
import { record, type Taking } from './record'

const spans = ['30', '60', '120', '240', '480', '1440'] // minutes
const longestText = 600

type Answer = { notice: CallersNotice | null }

export function NoticePage() {
  const { t, pick } = useText()
  const [notice, setNotice] = useState<CallersNotice | null | 'asking'>('asking')
  const [problem, setProblem] = useState<Words | null>(null)

  const settle = (answer: Promise<Answer>): Promise<boolean> =>
    answer.then(
      ({ notice }) => {
        setNotice(notice)
        setProblem(null)
        return true
      },
      (error: unknown) => {
        setProblem(wordsOf(error))
        return false
      },
    )
  useEffect(() => void settle(api<Answer>('GET', '/notice')), [])

  const clear = () => settle(api('DELETE', '/notice').then(() => ({ notice: null })))
  return (
    <Stack gap="lg" maw={900}>
      <Title order={1} fz={28}>
        {t('notice')}
      </Title>
      <Text c="gray.7">{t('noticeLead')}</Text>
      {problem !== null && (
        <Alert color="red" data-testid="notice-problem">
          {pick(problem)}
        </Alert>
      )}
      {notice !== 'asking' && <Standing notice={notice} onClear={clear} />}
      <Form settle={settle} />
    </Stack>
  )
}

function Standing({ notice, onClear }: { notice: CallersNotice | null; onClear: () => Promise<boolean> }) {
  const { t } = useText()
  return (
    <Paper data-testid="notice-standing" data-stands={notice !== null}>
      <Group justify="space-between" mb="sm">
        <Badge size="xl" tt="none" color={notice === null ? 'gray.7' : 'orange.8'}>
          {t(notice === null ? 'noticeNone' : 'noticeStands')}
        </Badge>
        {notice !== null && (
          <Button color="red.8" variant="outline" leftSection={<IconTrash size={18} />} onClick={() => void onClear()} data-testid="notice-clear">
            {t('noticeClear')}
          </Button>
        )}
      </Group>
      {notice !== null && (
        <>
          <Text fz="lg" style={{ whiteSpace: 'pre-wrap' }} data-testid="notice-text">
            {notice.vi || t('noticeRecorded')}
          </Text>
          {notice.en !== '' && <Text c="gray.7">{notice.en}</Text>}
          <Text size="sm" c="gray.7" mt="sm" className="tick">
            {t('noticeBy', { who: notice.by, at: dateTime(notice.at), until: dateTime(notice.until) })}
            {notice.sound && ` · ${t('noticeRecorded')}`}
          </Text>
        </>
      )}
    </Paper>
  )
}

function Form({ settle }: { settle: (answer: Promise<Answer>) => Promise<boolean> }) {
  const { t, pick } = useText()
  const [vi, setVi] = useState('')
  const [en, setEn] = useState('')
  const [minutes, setMinutes] = useState('240')
  const [sound, setSound] = useState<Blob | null>(null)
  const [busy, setBusy] = useState(false)
  const empty = sound === null && vi.trim() === ''

  const save = async () => {
    setBusy(true)
    const sent =
      sound === null
        ? put<Answer>('/notice', { vi, en, minutes: Number(minutes) })
        : put<Answer>(`/notice${query({ vi, en, minutes })}`, sound)
    if (await settle(sent)) {
      setVi('')
      setEn('')
      setSound(null)
    }
    setBusy(false)
  }
  return (
    <Paper>
      <Stack>
        <Textarea
          label={t('noticeVi')}
          placeholder={t('noticePlaceholder')}
          autosize
          minRows={3}
          maxLength={longestText}
          value={vi}
          onChange={(event) => setVi(event.currentTarget.value)}
          data-testid="notice-vi"
        />
        <Textarea label={t('noticeEn')} autosize minRows={2} maxLength={longestText} value={en} onChange={(event) => setEn(event.currentTarget.value)} data-testid="notice-en" />
        <Recorder sound={sound} onSound={setSound} />
        <Select
          label={t('noticeFor')}
          allowDeselect={false}
          data={spans.map((value) => ({ value, label: pick(spanText(Number(value))) }))}
          value={minutes}
          onChange={(value) => setMinutes(value ?? '240')}
        />
        <Button size="lg" color="orange.8" disabled={empty} loading={busy} onClick={() => void save()} data-testid="notice-save">
          {t('noticeSave')}
        </Button>
      </Stack>
    </Paper>
  )
}

function spanText(minutes: number): Words {
  if (minutes < 60) return { vi: `${minutes} phút`, en: `${minutes} minutes` }
  const hours = minutes / 60
  return { vi: `${hours} giờ`, en: hours === 1 ? '1 hour' : `${hours} hours` }
}

/** The supervisor's own voice instead of the machine's. */
function Recorder({ sound, onSound }: { sound: Blob | null; onSound: (sound: Blob | null) => void }) {
  const { t, pick } = useText()
  const [taking, setTaking] = useState<Taking | null>(null)
  const [problem, setProblem] = useState<Words | null>(null)
  const [url, setURL] = useState('')
  const going = useRef<Taking | null>(null)

  useEffect(() => {
    if (sound === null) return setURL('')
    const made = URL.createObjectURL(sound)
    setURL(made)
    return () => URL.revokeObjectURL(made)
  }, [sound])
  // Whoever leaves the page does not leave the microphone open.
  useEffect(() => () => void going.current?.stop(), [])

  const begin = async () => {
    setProblem(null)
    try {
      going.current = await record()
      setTaking(going.current)
    } catch (error) {
      setProblem(error instanceof MicrophoneError ? { vi: 'Không mở được micro.', en: 'The microphone cannot be opened.' } : wordsOf(error))
    }
  }
  const end = async () => {
    going.current = null
    setTaking(null)
    try {
      onSound((await taking?.stop()) ?? null)
    } catch (error) {
      setProblem(wordsOf(error))
    }
  }
  return (
    <Stack gap="xs">
      <Group>
        {taking === null ? (
          <Button variant="default" leftSection={<IconMicrophone size={18} />} onClick={() => void begin()} data-testid="notice-record">
            {t(sound === null ? 'noticeRecord' : 'noticeRecordAgain')}
          </Button>
        ) : (
          <Button color="red.8" leftSection={<IconPlayerStopFilled size={18} />} onClick={() => void end()} data-testid="notice-stop">
            {t('noticeStop')}
          </Button>
        )}
        {sound !== null && url !== '' && (
          <>
            <audio controls src={url} data-testid="notice-sound" />
            <Button variant="subtle" color="gray.7" onClick={() => onSound(null)}>
              {t('noticeForget')}
            </Button>
          </>
        )}
      </Group>
      {problem !== null && <Alert color="red">{pick(problem)}</Alert>}
    </Stack>
  )
}
