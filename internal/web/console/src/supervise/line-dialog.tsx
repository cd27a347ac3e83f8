// Who waits, in the order of service, and where a supervisor can move them.
import { Button, Menu, Modal, ScrollArea, Table, Text } from '@mantine/core'
import { IconArrowBarToUp, IconArrowRight, IconUser } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { api } from '../api/client'
import { serverNow } from '../api/clock'
import type { Waiter } from '../api/supervise'
import type { Group, Live } from '../api/types'
import { duration } from '../format/format'
import { EmergencyItems } from '../emergency/menu'
import { useText } from '../text/language'
import type { SupervisorSession } from './session'

interface LineDialogProps {
  opened: boolean
  live: Live
  supervisor: SupervisorSession
  onClose: () => void
}

interface Line {
  queues: string[]
  calls: Waiter[]
}

const readEveryMs = 1_000

export function LineDialog({ opened, live, supervisor, onClose }: LineDialogProps) {
  const { t } = useText()
  return (
    <Modal opened={opened} onClose={onClose} title={t('whoWaits')} size="xl" styles={{ title: { fontWeight: 700 } }} centered transitionProps={{ duration: 0 }} closeButtonProps={{ 'aria-label': t('close') }}>
      {opened && <Waiters live={live} supervisor={supervisor} />}
    </Modal>
  )
}

function Waiters({ live, supervisor }: { live: Live; supervisor: SupervisorSession }) {
  const { t } = useText()
  const line = useLine()
  const queueName = useQueueName(live)
  if (line === null) return <Text>{t('loading')}</Text>
  if (line.calls.length === 0) return <Text>{t('lineEmpty')}</Text>
  const name = (agent: string) => live.desks.find((d) => d.agent === agent)?.name ?? agent
  return (
    <ScrollArea.Autosize mah="60vh">
      <Table verticalSpacing="sm">
        <Table.Tbody>
          {line.calls.map((c) => (
            <Table.Tr key={c.call} data-testid="line-call" data-call={c.call}>
              <Table.Td c={c.emergency ? 'red' : undefined} fw={600}>
                {queueName(c.queue)}
              </Table.Td>
              <Table.Td className="tick">
                {t('lineWaited')} {duration(serverNow() - Date.parse(c.arrived_at))}
              </Table.Td>
              <Table.Td c="dimmed">
                {c.callback && t('lineCallback')} {c.agent !== '' && t('lineKeptFor', { name: name(c.agent) })}
              </Table.Td>
              <Table.Td ta="right">
                <Move call={c} line={line} live={live} supervisor={supervisor} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  )
}

function Move({ call, line, live, supervisor }: { call: Waiter; line: Line; live: Live; supervisor: SupervisorSession }) {
  const { t } = useText()
  const queueName = useQueueName(live)
  const to = (body: { queue?: string; front?: boolean; agent?: string }) => void supervisor.act(() => api('POST', `/line/${call.call}`, body))
  const atWork = live.desks.filter((d) => d.state !== 'offline' && d.state !== 'paused')
  return (
    <Menu position="bottom-end" width={280} withinPortal transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <Button variant="default" data-testid="line-move">
          {t('move')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="50vh" style={{ overflow: 'auto' }}>
        <Menu.Item fz="md" leftSection={<IconArrowBarToUp size={18} />} onClick={() => to({ front: true })} data-testid="line-front">
          {t('toFront')}
        </Menu.Item>
        {line.queues
          .filter((queue) => queue !== call.queue)
          .map((queue) => (
            <Menu.Item key={queue} fz="md" leftSection={<IconArrowRight size={18} />} onClick={() => to({ queue })}>
              {t('toQueue', { queue: queueName(queue) })}
            </Menu.Item>
          ))}
        <EmergencyItems call={call.call} supervisor={supervisor} />
        <Menu.Divider />
        {atWork.map((desk) => (
          <Menu.Item key={desk.agent} fz="md" leftSection={<IconUser size={18} />} onClick={() => to({ agent: desk.agent })}>
            {t('keepFor', { name: desk.name })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Queues that are called like a group have its name. */
function useQueueName(live: Live): (queue: string) => string {
  const { t } = useText()
  return (queue) => {
    const group: Group | undefined = live.queues.find((q) => q.queue === queue && q.group === queue)?.group
    return group === undefined ? queue : t(group)
  }
}

function useLine(): Line | null {
  const [line, setLine] = useState<Line | null>(null)
  useEffect(() => {
    let gone = false
    const read = () =>
      api<Line>('GET', '/line').then(
        (now) => !gone && setLine(now),
        () => {}, // the next reading may go better
      )
    void read()
    const timer = setInterval(() => void read(), readEveryMs)
    return () => {
      gone = true
      clearInterval(timer)
    }
  }, [])
  return line
}
