import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { today } from '../api/use-pages'
import { callsHref, type CallsWanted } from '../calls/kinds'
import classes from './wallboard.module.css'

/** A figure that is opened to its calls; on a screen that nobody touches it is a figure only. */
export function Opens({ to, screen, children }: { to: CallsWanted; screen: boolean; children: ReactNode }) {
  if (screen) return children
  return (
    <Link href={callsHref(to)} className={classes.opens}>
      {children}
    </Link>
  )
}

/** The calls of today in Việt Nam. */
export function ofToday(wanted: CallsWanted): CallsWanted {
  return { ...wanted, from: today(), to: today() }
}
