import { Center, Loader, MantineProvider } from '@mantine/core'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { api } from './api/client'
import type { Staff } from './api/types'
import type { DeskSession } from './desk/session'
import { Shell } from './shell/shell'
import { SignInPage } from './shell/sign-in'
import { useText } from './text/language'
import { theme } from './theme'

// Pages are loaded when they are first shown: the telephone only at the desk.
const DeskPage = lazy(() => import('./desk/page').then((m) => ({ default: m.DeskPage })))
const TicketsPage = lazy(() => import('./tickets/list').then((m) => ({ default: m.TicketsPage })))
const TicketPage = lazy(() => import('./tickets/ticket').then((m) => ({ default: m.TicketPage })))
const NoticePage = lazy(() => import('./notice/page').then((m) => ({ default: m.NoticePage })))
const WallboardPage = lazy(() => import('./wallboard/page').then((m) => ({ default: m.WallboardPage })))

export function App() {
  const [path] = useLocation()
  return (
    <MantineProvider theme={theme} forceColorScheme={path === '/wallboard' ? 'dark' : 'light'}>
      <Pages />
    </MantineProvider>
  )
}

function Pages() {
  const [staff, setStaff] = useState<Staff | null | 'asking'>('asking')
  // The desk lives here, above the pages, so that a call goes on while tickets are read.
  const [desk, setDesk] = useState<DeskSession | null>(null)

  useEffect(() => {
    api<{ user: Staff }>('GET', '/session').then(
      ({ user }) => setStaff(user),
      () => setStaff(null),
    )
  }, [])

  if (staff === 'asking') return <Waiting />
  if (staff === null) return <SignInPage onSignedIn={setStaff} />

  const signOut = async () => {
    await desk?.leave()
    await api('DELETE', '/session').catch(() => {})
    setDesk(null)
    setStaff(null)
  }
  return (
    <Suspense fallback={<Waiting />}>
      <Switch>
        <Route path="/wallboard">
          <WallboardPage staff={staff} />
        </Route>
        <Route>
          <Shell staff={staff} desk={desk} onSignOut={signOut}>
            <Suspense fallback={<Waiting />}>
              <Switch>
                <Route path="/desk">
                  <DeskPage desk={desk} onDesk={setDesk} />
                </Route>
                <Route path="/tickets" component={TicketsPage} />
                <Route path="/tickets/:code">{({ code }) => <TicketPage key={code} code={code} desk={desk} />}</Route>
                <Route path="/notice" component={NoticePage} />
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
