import type { Live } from '../api/types'
import { serverNow } from '../api/clock'
import { duration } from '../format/format'
import { useWords } from '../text/words'
import { below, type Alarm } from './limits'
import classes from './wallboard.module.css'
import { words } from './words'

/** How the parts are, and when the trunk brought the last call. */
export function SystemStrip({ live }: { live: Live }) {
  const { w } = useWords(words)
  const { system, last_arrival: last, limits } = live
  return (
    <footer className={classes.system} data-testid="wallboard-system">
      {(system ?? []).map((part) => {
        const alarm: Alarm = !part.well ? 'bad' : part.free_percent === undefined ? 'good' : below(part.free_percent, limits.disk_free)
        const name = `part_${part.name}`
        return (
          <span key={part.name} data-alarm={alarm} data-part={part.name}>
            <i aria-hidden /> {name in words ? w(name as keyof typeof words) : part.name}
            {!part.well && ` ${w('broken')}`}
            {part.well && part.free_percent !== undefined && ` ${w('free', { n: part.free_percent })}`}
          </span>
        )
      })}
      <span className="tick">{last === null ? w('noCall') : w('lastCall', { ago: duration(serverNow() - Date.parse(last)) })}</span>
    </footer>
  )
}
