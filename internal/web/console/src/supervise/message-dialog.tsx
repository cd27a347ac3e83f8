// A message to desks, and who has read those before.
import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core'
import { useEffect, useState } from 'react'
import { api } from '../api/client'
import type { SentMessage } from '../api/supervise'
import type { Live } from '../api/types'
import { timeOfDay } from '../format/format'
import { useText } from '../text/language'
import type { SupervisorSession } from './session'
import classes from './supervise.module.css'

/** Whom the dialog is open for: a desk, everybody, or nobody. */
export type MessageTo = { agent: string } | 'all' | null

interface MessageDialogProps {
  to: MessageTo
  live: Live
  supervisor: SupervisorSession
  onClose: () => void
}

const readsEveryMs = 2_000

export function MessageDialog({ to, live, supervisor, onClose }: MessageDialogProps) {
  const { t } = useText()
  return (
    <Modal opened={to !== null} onClose={onClose} title={t('messageTitle')} size="lg" styles={{ title: { fontWeight: 700 } }} centered transitionProps={{ duration: 0 }} closeButtonProps={{ 'aria-label': t('close') }}>
      {to !== null && <Form to={to} live={live} supervisor={supervisor} />}
    </Modal>
  )
}

function Form({ to, live, supervisor }: { to: NonNullable<MessageTo>; live: Live; supervisor: SupervisorSession }) {
  const { t, pick } = useText()
  const [whom, setWhom] = useState(to === 'all' ? 'all' : `to:${to.agent}`)
  const [text, setText] = useState('')
  const { sent, refresh } = useSent()
  const choices = [
    { value: 'all', label: t('messageAll') },
    ...(live.shift.key === '' ? [] : [{ value: `shift:${live.shift.key}`, label: t('messageShift', { name: pick(live.shift) }) }]),
    ...live.desks.filter((d) => d.state !== 'offline').map((d) => ({ value: `to:${d.agent}`, label: d.name })),
  ]
  const send = async () => {
    const [kind, name = ''] = whom.split(':')
    const body = { to: kind === 'to' ? [name] : [], all: kind === 'all', shift: kind === 'shift' ? name : '', text }
    if (!(await supervisor.act(() => api('POST', '/messages', body)))) return
    setText('')
    refresh()
  }
  return (
    <Stack>
      <Select label={t('messageTo')} data={choices} value={whom} onChange={(value) => setWhom(value ?? 'all')} allowDeselect={false} data-testid="message-to" />
      <Textarea label={t('messageText')} value={text} onChange={(event) => setText(event.currentTarget.value)} autosize minRows={3} maxLength={500} data-autofocus data-testid="message-text" />
      <Group justify="flex-end">
        <Button disabled={text.trim() === ''} onClick={() => void send()} data-testid="message-send">
          {t('messageSend')}
        </Button>
      </Group>
      <Text fw={700}>{t('messagesSent')}</Text>
      {sent.length === 0 && <Text c="dimmed">{t('messagesNone')}</Text>}
      <div className={classes.sent}>
        {sent.map((m) => (
          <Sent key={m.id} message={m} />
        ))}
      </div>
    </Stack>
  )
}

function Sent({ message }: { message: SentMessage }) {
  const { t } = useText()
  const unread = message.to.filter((a) => a.read_at === null)
  return (
    <div data-testid="message-sent" data-unread={unread.length}>
      <Text fw={600} style={{ whiteSpace: 'pre-wrap' }}>
        {message.text}
      </Text>
      <Text size="sm" c="dimmed">
        {timeOfDay(message.at)} · {message.by_name} · {t('messageReadBy', { n: message.to.length - unread.length, all: message.to.length })}
      </Text>
      {unread.length > 0 && (
        <Text size="sm" c="orange">
          {t('messageUnread', { names: unread.map((a) => a.name).join(', ') })}
        </Text>
      )}
    </div>
  )
}

function useSent(): { sent: SentMessage[]; refresh: () => void } {
  const [sent, setSent] = useState<SentMessage[]>([])
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    let gone = false
    const read = () =>
      api<{ messages: SentMessage[] }>('GET', '/messages').then(
        ({ messages }) => !gone && setSent(messages),
        () => {}, // the next reading may go better
      )
    void read()
    const timer = setInterval(() => void read(), readsEveryMs)
    return () => {
      gone = true
      clearInterval(timer)
    }
  }, [asked])
  return { sent, refresh: () => setAsked((n) => n + 1) }
}
