// To whom a call is given, or who is asked first.
import { Badge, Button, Group, Modal, Stack, Text, TextInput, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import { api } from '../api/client'
import type { Group as CallGroup, Live, Target } from '../api/types'
import { useText } from '../text/language'
import { stateColor } from '../theme'
import type { People } from './people'
import type { DeskSession } from './session'

interface Props {
  desk: DeskSession
  opened: boolean
  people: People
  self: string
  onClose: () => void
}

export function TransferDialog({ desk, opened, people, self, onClose }: Props) {
  const { t } = useText()
  const [number, setNumber] = useState('')
  const queues = useQueues(opened)
  const colleagues = people.present.filter((p) => p.id !== self)
  const send = async (verb: 'transfer' | 'consult', to: Target) => {
    if (await desk.send(verb, to)) setNumber('')
    onClose() // a refusal is told on the page
  }
  return (
    <Modal opened={opened} onClose={onClose} title={t('transferTitle')} size="lg" data-testid="transfer-dialog">
      <Stack>
        <Title order={3} fz="md">
          {t('colleagues')}
        </Title>
        {colleagues.length === 0 && <Text c="gray.7">{t('noColleagues')}</Text>}
        {colleagues.map((p) => (
          <Group key={p.id} justify="space-between" wrap="nowrap" data-testid="transfer-agent" data-agent={p.id} data-state={p.state}>
            <Group gap="xs" wrap="nowrap">
              <Text fw={600}>{p.name}</Text>
              <Badge tt="none" color={`${stateColor[p.state]}.8`}>
                {t(p.state)}
              </Badge>
            </Group>
            <Choices can={p.state === 'available'} onSend={(verb) => void send(verb, { agent: p.id })} />
          </Group>
        ))}
        <Title order={3} fz="md">
          {t('queues')}
        </Title>
        <Group>
          {queues.map((q) => (
            <Button key={q.queue} variant="default" onClick={() => void send('transfer', { queue: q.queue })} data-testid="transfer-queue" data-queue={q.queue}>
              {q.queue === q.group ? t(q.group) : q.queue}
            </Button>
          ))}
        </Group>
        <Group align="end" wrap="nowrap">
          <TextInput
            flex={1}
            label={t('outsideNumber')}
            inputMode="tel"
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            data-testid="transfer-number"
          />
          <Choices can={number.trim() !== ''} both onSend={(verb) => void send(verb, { number: number.trim() })} />
        </Group>
      </Stack>
    </Modal>
  )
}

/** A colleague who is not free may be given a call, which waits for them, but not asked. */
function Choices({ can, both = false, onSend }: { can: boolean; both?: boolean; onSend: (verb: 'transfer' | 'consult') => void }) {
  const { t } = useText()
  return (
    <Group gap="xs" wrap="nowrap">
      <Button variant="default" disabled={!can} onClick={() => onSend('consult')} data-testid="ask-first">
        {t('askFirst')}
      </Button>
      <Button disabled={both && !can} onClick={() => onSend('transfer')} data-testid="transfer-now">
        {t('transferNow')}
      </Button>
    </Group>
  )
}

function useQueues(wanted: boolean): { queue: string; group: CallGroup }[] {
  const [queues, setQueues] = useState<Live['queues']>([])
  useEffect(() => {
    if (!wanted) return
    api<Live>('GET', '/live')
      .then((live) => setQueues(live.queues))
      .catch(() => {}) // then there are colleagues and numbers
  }, [wanted])
  return queues
}
