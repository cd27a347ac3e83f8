// The one red button: at the same place on every page, for any conversation.
import { Button, Kbd, Menu, Text } from '@mantine/core'
import { IconUrgent } from '@tabler/icons-react'
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { useLocation } from 'wouter'
import type { DeskSession } from '../desk/session'
import { stageOf } from '../desk/state'
import { useWords } from '../text/words'
import { onlyToConfirm } from './ladder'
import { useServices } from './services'
import { words } from './words'

export function EmergencyButton({ desk }: { desk: DeskSession }) {
  const { w, pick } = useWords(words)
  const [, go] = useLocation()
  const state = useSyncExternalStore(desk.subscribe, desk.getState)
  const services = useServices()
  const [wanted, setWanted] = useState(false)
  const talking = stageOf(state) === 'talking'
  const opened = wanted && talking
  const handover = state.talk?.handover ?? null

  const choose = useCallback(
    (service: string) => {
      setWanted(false)
      go('/desk') // a refusal is told there, and the hand-over is seen there
      void desk.handOver(handover === null ? '' : 'add', { service })
    },
    [desk, go, handover],
  )

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.repeat || event.isComposing || event.ctrlKey || event.metaKey || !talking) return
      const pressed = pressedOf(event)
      if (pressed === null) return
      event.preventDefault()
      event.stopPropagation()
      pressed()
    }
    const pressedOf = (event: KeyboardEvent): (() => void) | null => {
      if (event.altKey) {
        if (event.code !== 'KeyB' || handover === null) return null
        const confirmed = onlyToConfirm(handover)
        return confirmed && (() => void desk.handOver('confirm', confirmed))
      }
      if (event.key === 'F9') return () => setWanted((was) => !was)
      const chosen = opened && /^[1-9]$/.test(event.key) ? services[Number(event.key) - 1] : undefined
      return chosen === undefined ? null : () => choose(chosen.service)
    }
    // Before whatever has the keyboard, such as the note.
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [desk, talking, opened, handover, services, choose])

  return (
    <Menu opened={opened} onChange={setWanted} position="bottom-end" width={340} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <Button
          color="red.8"
          variant="filled"
          style={{ flexShrink: 0, border: '2px solid white' }}
          leftSection={<IconUrgent size={22} />}
          rightSection={<Kbd size="xs">F9</Kbd>}
          aria-disabled={!talking}
          title={talking ? undefined : w('buttonIdle')}
          opacity={talking ? 1 : 0.75}
          data-testid="emergency"
          data-can={talking}
        >
          {w('button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown data-testid="emergency-menu">
        <Menu.Label fz="sm">{w('choose')}</Menu.Label>
        {services.map((s, i) => (
          <Menu.Item key={s.service} c="red.9" py="sm" rightSection={<Kbd>{i + 1}</Kbd>} onClick={() => choose(s.service)} data-testid={`emergency-${s.service}`}>
            <Text span fz={24} fw={800} className="tick">
              {s.service}
            </Text>{' '}
            <Text span fz="md" fw={600}>
              {pick(s)}
            </Text>
            {handover?.services.some((one) => one.service === s.service) === true && (
              <Text fz="sm" c="gray.8">
                {w('again')}
              </Text>
            )}
          </Menu.Item>
        ))}
        <Menu.Label fz="sm">{w('chooseHint')}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  )
}
