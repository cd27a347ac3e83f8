import { Grid, Stack } from '@mantine/core'
import { lazy, Suspense, useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { CallPanel } from './call-panel'
import { Earlier } from './earlier'
import { FormPanel } from './form-panel'
import { DeskGate } from './gate'
import { HelpSheet } from './help-sheet'
import { Messages } from './messages'
import { DeskSession } from './session'
import { StateCard } from './state-card'
import { stageOf } from './state'
import { useAlert } from './use-alert'
import { useKeys } from './use-keys'
import { Warnings } from './warnings'

// What is not needed for a call comes after the desk.
const KnowledgePanel = lazy(() => import('../knowledge/panel').then((m) => ({ default: m.KnowledgePanel })))
const Duties = lazy(() => import('../emergency/duties').then((m) => ({ default: m.Duties })))
const WorkCard = lazy(() => import('./work-card').then((m) => ({ default: m.WorkCard })))
const MyShiftCard = lazy(() => import('../shifts/my-shift-card').then((m) => ({ default: m.MyShiftCard })))

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
  const [choosing, choose] = useState(false)
  const [helping, help] = useState(false)
  const onTransfer = useCallback(() => choose(true), [])
  const onHelp = useCallback(() => help(true), [])
  useAlert(desk, state)
  useKeys(desk, state, { onTransfer, onHelp })
  if (state.phase !== 'open') return <DeskGate desk={desk} state={state} />
  const idle = stageOf(state) === 'idle' && state.form === null
  return (
    <Stack gap="md">
      <Warnings desk={desk} state={state} />
      <Messages desk={desk} state={state} />
      <Suspense>
        <Duties desk={desk} state={state} />
      </Suspense>
      <Grid gap="md">
        <Grid.Col span={3}>
          <Stack gap="md">
            <StateCard desk={desk} state={state} onHelp={onHelp} />
            <Suspense>{idle ? <MyShiftCard /> : <KnowledgePanel desk={desk} state={state} />}</Suspense>
          </Stack>
        </Grid.Col>
        <Grid.Col span={5}>
          <Stack gap="md">
            <CallPanel desk={desk} state={state} choosing={choosing} choose={choose} />
            {state.offer !== null && <Earlier rows={state.offer.earlier ?? []} />}
            <Suspense>{idle && <WorkCard agent={state.agentID} />}</Suspense>
          </Stack>
        </Grid.Col>
        <Grid.Col span={4}>
          <Suspense>{idle ? <KnowledgePanel desk={desk} state={state} /> : <FormPanel desk={desk} state={state} />}</Suspense>
        </Grid.Col>
      </Grid>
      <HelpSheet opened={helping} onClose={() => help(false)} />
    </Stack>
  )
}
