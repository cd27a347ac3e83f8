import { Center, Loader, MantineProvider } from '@mantine/core'
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { Duties } from './account/duties'
import { lock, useIdleLock } from './account/lock'
import { SignedIn } from './account/signed-in'
import type { Permission, Session } from './account/types'
import { api, ApiError } from './api/client'
import type { DeskSession } from './desk/session'
import { Shell } from './shell/shell'
import { SignInPage } from './shell/sign-in'
import { useText } from './text/language'
import { themeIn } from './theme'

// Pages are loaded when they are first shown: the telephone only at the desk.
const DeskPage = lazy(() => import('./desk/page').then((m) => ({ default: m.DeskPage })))
const TicketsPage = lazy(() => import('./tickets/list').then((m) => ({ default: m.TicketsPage })))
const TicketPage = lazy(() => import('./tickets/ticket').then((m) => ({ default: m.TicketPage })))
const LockScreen = lazy(() => import('./account/lock-screen').then((m) => ({ default: m.LockScreen })))
const AccountPage = lazy(() => import('./account/page').then((m) => ({ default: m.AccountPage })))
const CallsPage = lazy(() => import('./calls/page').then((m) => ({ default: m.CallsPage })))
const RecordingsPage = lazy(() => import('./recordings/page').then((m) => ({ default: m.RecordingsPage })))
const HistoryPage = lazy(() => import('./history/page').then((m) => ({ default: m.HistoryPage })))
const PeoplePage = lazy(() => import('./people/page').then((m) => ({ default: m.PeoplePage })))
const AuditPage = lazy(() => import('./audit/page').then((m) => ({ default: m.AuditPage })))
const NoticePage = lazy(() => import('./notice/page').then((m) => ({ default: m.NoticePage })))
const ArticlesPage = lazy(() => import('./knowledge/page').then((m) => ({ default: m.ArticlesPage })))
const AttendancePage = lazy(() => import('./shifts/attendance-page').then((m) => ({ default: m.AttendancePage })))
const RequestsPage = lazy(() => import('./shifts/requests-page').then((m) => ({ default: m.RequestsPage })))
const IvrPage = lazy(() => import('./ivr/page').then((m) => ({ default: m.IvrPage })))
const ConfigPage = lazy(() => import('./config/page').then((m) => ({ default: m.ConfigPage })))
const QueuesPage = lazy(() => import('./config/queues-page').then((m) => ({ default: m.QueuesPage })))
const RosterPage = lazy(() => import('./shifts/roster-page').then((m) => ({ default: m.RosterPage })))
const SheetPage = lazy(() => import('./shifts/sheet-page').then((m) => ({ default: m.SheetPage })))
const StaffingPage = lazy(() => import('./staffing/page').then((m) => ({ default: m.StaffingPage })))
const WallboardPage = lazy(() => import('./wallboard/page').then((m) => ({ default: m.WallboardPage })))

export function App() {
  const [path] = useLocation()
  const { t } = useText()
  const close = t('close')
  const theme = useMemo(() => themeIn(close), [close])
  return (
    <MantineProvider theme={theme} forceColorScheme={path === '/wallboard' ? 'dark' : 'light'}>
      <Pages />
    </MantineProvider>
  )
}

function Pages() {
  const [path] = useLocation()
  const [session, setSession] = useState<Session | null | 'asking'>('asking')
  // The desk lives here, above the pages, so that a call goes on while tickets are read,
  // and while the console is locked.
  const [desk, setDesk] = useState<DeskSession | null>(null)

  const ask = useCallback(() => {
    api<Session>('GET', '/session').then(setSession, (error: unknown) => {
      // While the server is away nobody is signed out.
      if (error instanceof ApiError && error.status === 401) setSession(null)
      else setSession((was) => (was === 'asking' ? null : was))
    })
  }, [])
  useEffect(ask, [ask])

  const here = session === 'asking' ? null : session
  const wall = path === '/wallboard' // needs no hand, and shows no citizen
  useIdleLock(here !== null && !here.locked && here.must.length === 0 && !wall, here?.lock_after_ms ?? 0, ask)
  useDeskBehindLock(here, desk, setDesk)

  if (path === '/signed-in') return <SignedIn />
  if (session === 'asking') return <Waiting />
  if (session === null) return <SignInPage onSignedIn={setSession} />

  const signOut = async () => {
    await desk?.leave()
    await api('DELETE', '/session').catch(() => {})
    setDesk(null)
    setSession(null)
  }
  if (session.must.length > 0) return <Duties session={session} onChanged={ask} onSignOut={() => void signOut()} />
  if (session.locked && !wall) {
    return (
      <Suspense fallback={<Waiting />}>
        <LockScreen session={session} desk={desk} onChanged={ask} />
      </Suspense>
    )
  }
  const may = (what: Permission) => session.may.includes(what)
  return (
    <Suspense fallback={<Waiting />}>
      <Switch>
        {may('see_live') && (
          <Route path="/wallboard">
            <WallboardPage staff={session.user} />
          </Route>
        )}
        <Route>
          <Shell session={session} desk={desk} onSignOut={signOut} onLock={() => void lock().then(ask, ask)}>
            <Suspense fallback={<Waiting />}>
              <Switch>
                {may('work_desk') && (
                  <Route path="/desk">
                    <DeskPage desk={desk} onDesk={setDesk} />
                  </Route>
                )}
                {may('read_calls') && <Route path="/tickets" component={TicketsPage} />}
                {may('read_calls') && <Route path="/tickets/:code">{({ code }) => <TicketPage key={code} code={code} desk={desk} />}</Route>}
                {may('read_calls') && <Route path="/calls" component={CallsPage} />}
                {may('search_recordings') && <Route path="/recordings" component={RecordingsPage} />}
                {may('lead_shift') && <Route path="/history" component={HistoryPage} />}
                {may('manage_staff') && (
                  <Route path="/staff">
                    <PeoplePage me={session.user.id} />
                  </Route>
                )}
                {may('read_audit') && <Route path="/audit" component={AuditPage} />}
                <Route path="/account">
                  <AccountPage session={session} onChanged={ask} />
                </Route>
                <Route path="/roster">
                  <RosterPage staff={session.user} />
                </Route>
                <Route path="/roster/requests">
                  <RequestsPage staff={session.user} />
                </Route>
                <Route path="/roster/attendance">
                  <AttendancePage staff={session.user} />
                </Route>
                <Route path="/roster/sheet">
                  <SheetPage staff={session.user} />
                </Route>
                <Route path="/staffing">
                  <StaffingPage staff={session.user} />
                </Route>
                {may('put_notice') && (
                  <Route path="/ivr">
                    <IvrPage may={session.may} />
                  </Route>
                )}
                {may('edit_config') && (
                  <Route path="/queues">
                    <QueuesPage may={session.may} />
                  </Route>
                )}
                {may('edit_config') && (
                  <Route path="/config">
                    <Redirect to="/config/ivr" />
                  </Route>
                )}
                {may('edit_config') && <Route path="/config/:document">{({ document }) => <ConfigPage me={session.user.id} may={session.may} name={document} />}</Route>}
                {may('put_notice') && <Route path="/notice" component={NoticePage} />}
                {may('read_articles') && (
                  <Route path="/articles">
                    <ArticlesPage mayWrite={may('write_articles')} />
                  </Route>
                )}
                {/* Who has no desk begins where there is something for them. */}
                <Route path="/desk">{may('read_audit') ? <Redirect to="/audit" /> : may('read_articles') ? <Redirect to="/articles" /> : <Nothing />}</Route>
                <Route path="/sign-in">
                  <Redirect to="/desk" />
                </Route>
                <Route component={NotFound} />
              </Switch>
            </Suspense>
          </Shell>
        </Route>
      </Switch>
    </Suspense>
  )
}

/** A page that was reloaded behind the lock takes its desk up again: a call may ring. */
function useDeskBehindLock(session: Session | null, desk: DeskSession | null, onDesk: (desk: DeskSession) => void): void {
  const wanted = session !== null && session.locked && session.may.includes('work_desk') && desk === null
  useEffect(() => {
    if (!wanted) return
    let still = true
    const open = async () => {
      await api('GET', '/desk') // 404 when nobody sat there
      const { DeskSession: Opened } = await import('./desk/session')
      if (!still) return
      const taken = new Opened()
      onDesk(taken)
      await taken.open(true)
    }
    open().catch(() => {})
    return () => {
      still = false
    }
  }, [wanted, onDesk])
}

function Nothing() {
  const { t } = useText()
  return (
    <Center mih="50vh" data-testid="nothing-yet">
      {t('nothingYet')}
    </Center>
  )
}

function Waiting() {
  return (
    <Center mih="50vh">
      <Loader />
    </Center>
  )
}

function NotFound() {
  const { t } = useText()
  return <Center mih="50vh">{t('notFound')}</Center>
}
