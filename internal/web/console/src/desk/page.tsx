import { Grid, Stack } from '@mantine/core'
import { useEffect, useSyncExternalStore } from 'react'
import { CallPanel } from './call-panel'
import { Earlier } from './earlier'
import { FormPanel } from './form-panel'
import { DeskGate } from './gate'
import { Messages } from './messages'
import { DeskSession } from './session'
import { StateCard } from './state-card'
import { useAlert } from './use-alert'
import { useKeys } from './use-keys'
import { Warnings } from './warnings'

interface DeskPageProps {
  desk: DeskSession | null
  onDesk: (desk: DeskSession) => void
}

export function DeskPage({ desk, onDesk }: DeskPageProps) {
  useEffect(() => {
    if (desk !== null) return
    const session = new DeskSession()
    onDesk(session)
    void session.open()
  }, [desk, onDesk])
  return desk === null ? null : <OpenDesk desk={desk} />
}

function OpenDesk({ desk }: { desk: DeskSession }) {
  const state = useSyncExternalStore(desk.subscribe, desk.getState)
  useAlert(desk, state)
  useKeys(desk, state)
  if (state.phase !== 'open') return <DeskGate desk={desk} state={state} />
  return (
    <Stack>
      <Warnings desk={desk} state={state} />
      <Messages desk={desk} state={state} />
      <Grid gap="lg">
        <Grid.Col span={3}>
          <StateCard desk={desk} state={state} />
        </Grid.Col>
        <Grid.Col span={5}>
          <Stack gap="lg">
            <CallPanel desk={desk} state={state} />
            {state.offer !== null && <Earlier rows={state.offer.earlier ?? []} />}
          </Stack>
        </Grid.Col>
        <Grid.Col span={4}>
          <FormPanel desk={desk} state={state} />
        </Grid.Col>
      </Grid>
    </Stack>
  )
}
