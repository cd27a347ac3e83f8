import { memo } from 'react'
import { Link } from 'wouter'
import type { AgentState } from '../api/types'
import { callsHref } from '../calls/kinds'
import { today } from '../api/use-pages'
import { DeskMenu, type WallDesk } from '../supervise/desk-menu'
import type { SupervisorSession } from '../supervise/session'
import { useText } from '../text/language'
import classes from './wallboard.module.css'

interface DeskTileProps {
  agent: string
  name: string
  state: AgentState
  reason: string
  since: string
  call: string
  /** How long it has been so, as it is shown. */
  length: string
  /** Among many a given name has to do: in Vietnamese it is the last. */
  short: boolean
  screen: boolean
  supervisor: SupervisorSession | null
  onMessage: (agent: string) => void
}

/** One desk. It is drawn again when something of it is shown differently: there may be hundreds. */
export const DeskTile = memo(function DeskTile({ agent, name, state, reason, since, call, length, short, screen, supervisor, onMessage }: DeskTileProps) {
  const { t } = useText()
  const shown = short ? (name.split(' ').at(-1) ?? name) : name
  return (
    <li data-state={state} data-agent={agent} data-since={since} data-testid="wallboard-desk" title={`${name} · ${t(state)} · ${length}`}>
      {screen ? (
        <span className={classes.name}>{shown}</span>
      ) : (
        <Link href={callsHref({ agent, from: today(), to: today() })} className={`${classes.name} ${classes.opens}`}>
          {shown}
        </Link>
      )}
      <span>{t(state)}</span>
      <span className="tick">{length}</span>
      {supervisor !== null && !screen && (
        <div className={classes.menu}>
          <TileMenu agent={agent} name={name} state={state} reason={reason} since={since} call={call} supervisor={supervisor} onMessage={onMessage} />
        </div>
      )}
    </li>
  )
})

const TileMenu = memo(function TileMenu({ supervisor, onMessage, ...desk }: WallDesk & { supervisor: SupervisorSession; onMessage: (agent: string) => void }) {
  return <DeskMenu desk={desk} supervisor={supervisor} onMessage={onMessage} />
})
