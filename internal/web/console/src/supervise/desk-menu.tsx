// What a supervisor can do with one desk.
import { ActionIcon, Button, Group, Menu, Modal, Stack, TextInput } from '@mantine/core'
import { IconCheck, IconClockPlus, IconDotsVertical, IconEar, IconHandGrab, IconLogout, IconMessage, IconMicrophone, IconPlayerPauseFilled, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../api/client'
import type { Live } from '../api/types'
import { EmergencyItems } from '../emergency/menu'
import { useText } from '../text/language'
import type { TextKey } from '../text/strings'
import type { SupervisorSession } from './session'

export type WallDesk = Live['desks'][number]

interface DeskMenuProps {
  desk: WallDesk
  supervisor: SupervisorSession
  onMessage: (agent: string) => void
}

type Forced = 'paused' | 'offline'

export function DeskMenu({ desk, supervisor, onMessage }: DeskMenuProps) {
  const { t } = useText()
  const [asking, setAsking] = useState<Forced | null>(null)
  const talking = desk.state === 'talking'
  const force = (state: string, reason: string) => supervisor.act(() => api('POST', `/agents/${desk.agent}/state`, { state, pause: '', reason }))
  const pauseText: TextKey = talking ? 'forcePauseAfter' : 'forcePause'
  return (
    <>
      <Menu position="bottom-end" width={300} withinPortal transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('superviseMenu', { name: desk.name })} data-testid={`supervise-${desk.agent}`}>
            <IconDotsVertical size={20} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label fz="sm">{desk.name}</Menu.Label>
          <Menu.Item fz="md" disabled={!talking} leftSection={<IconEar size={18} />} onClick={() => void supervisor.listen(desk.agent, false)} data-testid="supervise-listen">
            {t('listen')}
          </Menu.Item>
          <Menu.Item fz="md" disabled={!talking} leftSection={<IconMicrophone size={18} />} onClick={() => void supervisor.listen(desk.agent, true)} data-testid="supervise-whisper">
            {t('whisper')}
          </Menu.Item>
          <Menu.Item fz="md" disabled={!talking} leftSection={<IconUsers size={18} />} onClick={() => void supervisor.join(desk.call, false)} data-testid="supervise-join">
            {t('joinTalk')}
          </Menu.Item>
          <Menu.Item fz="md" disabled={!talking} leftSection={<IconHandGrab size={18} />} onClick={() => void supervisor.join(desk.call, true)} data-testid="supervise-take-over">
            {t('takeOverTalk')}
          </Menu.Item>
          {talking && <EmergencyItems call={desk.call} supervisor={supervisor} />}
          <Menu.Divider />
          <Menu.Label fz="sm">{t('changeState')}</Menu.Label>
          {(desk.state === 'paused' || desk.state === 'wrap_up') && (
            <Menu.Item fz="md" leftSection={<IconCheck size={18} />} onClick={() => void force('available', '')} data-testid="supervise-ready">
              {t('forceReady')}
            </Menu.Item>
          )}
          {desk.state !== 'paused' && (
            <Menu.Item fz="md" leftSection={<IconPlayerPauseFilled size={18} />} onClick={() => setAsking('paused')} data-testid="supervise-pause">
              {t(pauseText)}
            </Menu.Item>
          )}
          {desk.state === 'wrap_up' && (
            <Menu.Item
              fz="md"
              leftSection={<IconClockPlus size={18} />}
              onClick={() => void supervisor.act(() => api('POST', `/agents/${desk.agent}/wrap-up`))}
              data-testid="supervise-wrap-up"
            >
              {t('moreWrapUp')}
            </Menu.Item>
          )}
          <Menu.Item fz="md" color="red" disabled={talking} leftSection={<IconLogout size={18} />} onClick={() => setAsking('offline')} data-testid="supervise-out">
            {t('forceOut')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item fz="md" leftSection={<IconMessage size={18} />} onClick={() => onMessage(desk.agent)} data-testid="supervise-message">
            {t('sendMessage')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <WhyDialog
        opened={asking !== null}
        title={`${t(asking === 'offline' ? 'forceOut' : pauseText)}: ${desk.name}`}
        onClose={() => setAsking(null)}
        onSure={(reason) => {
          if (asking !== null) void force(asking, reason)
          setAsking(null)
        }}
      />
    </>
  )
}

interface WhyDialogProps {
  opened: boolean
  title: string
  onClose: () => void
  onSure: (reason: string) => void
}

/** Asks whether it is meant, and why. */
export function WhyDialog({ opened, title, onClose, onSure }: WhyDialogProps) {
  const { t } = useText()
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered transitionProps={{ duration: 0 }} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onSure(String(new FormData(event.currentTarget).get('reason') ?? ''))
        }}
      >
        <Stack>
          <TextInput name="reason" label={t('reasonOptional')} maxLength={500} data-autofocus data-testid="why" />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('close')}
            </Button>
            <Button type="submit" color="red" data-testid="why-sure">
              {title.split(':')[0]}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
