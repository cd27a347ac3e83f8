// A conversation that is handed over to command centres: how far each is, who is there,
// and what the agent does next.
import { Alert, Badge, Button, Group, Kbd, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconPhoneOff } from '@tabler/icons-react'
import { usePeople } from '../desk/people'
import type { DeskSession } from '../desk/session'
import type { DeskState } from '../desk/state'
import { useWords } from '../text/words'
import { centresHere } from './ladder'
import { ServiceCard } from './service-card'
import { useServices } from './services'
import { SheetPanel } from './sheet'
import type { EmergencyService, Handover } from './types'
import { words } from './words'

interface HandoverPanelProps {
  desk: DeskSession
  state: DeskState
  handover: Handover
}

export function HandoverPanel({ desk, state, handover }: HandoverPanelProps) {
  const { w } = useWords(words)
  const people = usePeople(true)
  const services = useServices()
  const name = (id: string) => (id === state.agentID ? w('you') : people.name(id))
  const here = [...(handover.citizen ? [w('theCitizen')] : []), ...handover.here.map(name), ...centresHere(handover)]
  return (
    <Stack gap="md" data-testid="handover" data-call={handover.call} data-citizen={handover.citizen} data-may-leave={handover.may_leave}>
      {!handover.citizen && (
        <Alert color="orange" icon={<IconPhoneOff />} role="status">
          <Text fw={600}>{w('citizenGone')}</Text>
        </Alert>
      )}
      {handover.services.map((service) => (
        <ServiceCard key={service.service} desk={desk} service={service} services={services} name={name} />
      ))}
      <AddService desk={desk} handover={handover} services={services} />
      <Group gap="xs" data-testid="handover-here">
        <Text fw={600}>{w('inTalk')}:</Text>
        {here.map((who, i) => (
          <Badge key={i} size="lg" tt="none" color="cyan.9">
            {who}
          </Badge>
        ))}
        {handover.supervisors_ring && (
          <Badge size="lg" tt="none" color="orange.9" data-testid="supervisors-ring">
            {w('supervisorsRing')}
          </Badge>
        )}
      </Group>
      {handover.may_leave ? (
        <Alert color="green" icon={<IconCircleCheck />} role="status" data-testid="may-leave">
          <Text fw={700}>
            {w('mayLeave')} <Kbd>F4</Kbd>
          </Text>
        </Alert>
      ) : (
        <Alert color="red" icon={<IconAlertTriangle />} role="status" py="xs" data-testid="stay">
          <Text fw={600}>{w('stay')}</Text>
        </Alert>
      )}
      {state.offer !== null && <SheetPanel desk={desk} state={state} ticket={state.offer.ticket} handover={handover} services={services} />}
    </Stack>
  )
}

/** A house burns and somebody is hurt: the other services, one press each. */
function AddService({ desk, handover, services }: { desk: DeskSession; handover: Handover; services: readonly EmergencyService[] }) {
  const { w, pick } = useWords(words)
  const others = services.filter((s) => !handover.services.some((one) => one.service === s.service))
  if (others.length === 0) return null
  return (
    <Group gap="xs">
      <Text fw={600}>{w('addService')}:</Text>
      {others.map((s) => (
        <Button key={s.service} variant="outline" color="red.9" px="sm" title={pick(s)} onClick={() => void desk.handOver('add', { service: s.service })} data-testid={`handover-add-${s.service}`}>
          {s.service}
        </Button>
      ))}
    </Group>
  )
}
