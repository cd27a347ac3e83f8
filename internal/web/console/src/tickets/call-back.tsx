import { Alert, Button, Group } from '@mantine/core'
import { IconPhoneOutgoing } from '@tabler/icons-react'
import { useState, useSyncExternalStore } from 'react'
import { useLocation } from 'wouter'
import { wordsOf } from '../api/client'
import type { Ticket, Words } from '../api/types'
import type { DeskSession } from '../desk/session'
import { inCall } from '../desk/state'
import { useText } from '../text/language'

/** Calls the ticket's citizen, for who sits at a desk: it answers by itself, and then they are rung. */
export function CallBack({ ticket, desk }: { ticket: Ticket; desk: DeskSession }) {
  const { t, pick } = useText()
  const [, go] = useLocation()
  const state = useSyncExternalStore(desk.subscribe, desk.getState)
  const [calling, setCalling] = useState(false)
  const [problem, setProblem] = useState<Words | null>(null)
  if (state.phase !== 'open' || ticket.caller === '' || ticket.channel !== 'phone') return null

  const call = async () => {
    setCalling(true)
    setProblem(null)
    try {
      await desk.call(ticket.code)
      go('/desk')
    } catch (error) {
      setProblem(wordsOf(error))
    } finally {
      setCalling(false)
    }
  }
  return (
    <Group>
      <Button
        size="md"
        color="green.8"
        leftSection={<IconPhoneOutgoing size={20} />}
        loading={calling}
        disabled={inCall(state)}
        onClick={() => void call()}
        data-testid="call-citizen"
      >
        {t('callCitizen')}
      </Button>
      {problem !== null && (
        <Alert color="red" py="xs" data-testid="call-problem">
          {pick(problem)}
        </Alert>
      )}
    </Group>
  )
}
