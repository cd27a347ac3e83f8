// Opening and closing a queue, which every caller notices: so it is asked for twice.
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../api/client'
import { useText } from '../text/language'
import { useWords } from '../text/words'
import { words } from '../wallboard/words'
import type { SupervisorSession } from './session'

export interface QueueSwitch {
  queue: string
  name: string
  closed: boolean
}

interface QueueDialogProps {
  of: QueueSwitch | null
  supervisor: SupervisorSession
  onClose: () => void
}

export function QueueDialog({ of, supervisor, onClose }: QueueDialogProps) {
  const { w } = useWords(words)
  const { t } = useText()
  const [reason, setReason] = useState('')
  if (of === null) return null
  const verb = w(of.closed ? 'openQueue' : 'closeQueue', { name: of.name })
  const go = async () => {
    if (!(await supervisor.act(() => api('PUT', `/queues/${encodeURIComponent(of.queue)}`, { open: of.closed, reason })))) return
    setReason('')
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={verb} styles={{ title: { fontWeight: 700 } }} centered transitionProps={{ duration: 0 }} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack>
        <Text>{w(of.closed ? 'openLead' : 'closeLead')}</Text>
        <TextInput label={w('reason')} value={reason} maxLength={500} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
        <Group justify="flex-end">
          <Button color={of.closed ? undefined : 'red'} onClick={() => void go()} data-testid="queue-go">
            {verb}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
