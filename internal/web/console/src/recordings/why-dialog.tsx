// Nobody listens without a word of why.
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useText } from '../text/language'
import { useWords } from '../text/words'
import { words } from './words'

const reasons = ['whyTicket', 'whyQuality', 'whyComplaint', 'whyTraining', 'whyAuthority'] as const

interface WhyDialogProps {
  opened: boolean
  onClose: () => void
  onWhy: (reason: string) => void
}

export function WhyDialog({ opened, onClose, onWhy }: WhyDialogProps) {
  const { w } = useWords(words)
  const { t } = useText()
  const [other, setOther] = useState('')
  return (
    <Modal opened={opened} onClose={onClose} title={w('whyTitle')} styles={{ title: { fontWeight: 700 } }} centered transitionProps={{ duration: 0 }} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack>
        <Text size="sm">{w('whyLead')}</Text>
        {/* The log is read by people of this province: reasons are kept in Vietnamese. */}
        {reasons.map((reason) => (
          <Button key={reason} variant="default" justify="flex-start" onClick={() => onWhy(words[reason].vi)} data-testid={`listen-${reason}`}>
            {w(reason)}
          </Button>
        ))}
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (other.trim() !== '') onWhy(other.trim())
          }}
        >
          <Group wrap="nowrap" align="end">
            <TextInput flex={1} label={w('whyOther')} value={other} maxLength={500} onChange={(event) => setOther(event.currentTarget.value)} data-testid="listen-other" />
            <Button type="submit" disabled={other.trim() === ''} data-testid="listen-go">
              {w('listen')}
            </Button>
          </Group>
        </form>
      </Stack>
    </Modal>
  )
}
