import { Menu } from '@mantine/core'
import { IconPlayerTrackNext, IconUrgent } from '@tabler/icons-react'
import { api } from '../api/client'
import { useLoad } from '../api/use-load'
import type { SupervisorSession } from '../supervise/session'
import { useWords } from '../text/words'
import type { Emergencies } from './types'
import { words } from './words'

/** In a supervisor's menu: hands the call's citizen over, or calls the next destination. */
export function EmergencyItems({ call, supervisor }: { call: string; supervisor: SupervisorSession }) {
  const { w, pick } = useWords(words)
  // The menu is made when it is opened, so this is how it stands then.
  const { data } = useLoad<Emergencies>('/emergency')
  const running = data?.handovers.find((h) => h.call === call)?.services ?? []
  const act = (verb: string, service: string) => void supervisor.act(() => api('POST', `/calls/${call}/emergency${verb}`, { service }))
  return (
    <>
      <Menu.Label fz="sm">{w('choose')}</Menu.Label>
      {(data?.services ?? []).map((s) => {
        const runs = running.some((one) => one.service === s.service)
        return (
          <Menu.Item
            key={s.service}
            fz="md"
            color="red"
            leftSection={runs ? <IconPlayerTrackNext size={18} /> : <IconUrgent size={18} />}
            onClick={() => act(runs ? '/advance' : '', s.service)}
            data-testid={`supervise-emergency-${s.service}`}
          >
            {s.service} {runs ? w('next') : pick(s)}
          </Menu.Item>
        )
      })}
    </>
  )
}
