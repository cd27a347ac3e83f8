import { isGroup } from '../calls/queue-name'
import type { Live } from '../api/types'
import { duration } from '../format/format'
import type { QueueSwitch } from '../supervise/queue-dialog'
import { useText } from '../text/language'
import { useWords } from '../text/words'
import { ageOf, type Board } from './board'
import type { Alarms } from './limits'
import { ofToday, Opens } from './opens'
import classes from './wallboard.module.css'
import { words } from './words'

interface QueuesTableProps {
  board: Board
  now: number
  alarms: Alarms
  screen: boolean
  /** Asks to open or close a queue; null for who may not. */
  onQueue: ((of: QueueSwitch) => void) | null
}

/** Each line: who waits, for how long, and how its day has been. */
export function QueuesTable({ board, now, alarms, screen, onQueue }: QueuesTableProps) {
  const { w } = useWords(words)
  const { t } = useText()
  if (board.live === null) return null
  const { queues, today } = board.live
  return (
    <table className={classes.lines} data-testid="wallboard-queues">
      <thead>
        <tr>
          <th scope="col">{w('queue')}</th>
          <th scope="col">{w('waiting')}</th>
          <th scope="col">{w('longest')}</th>
          <th scope="col">{w('estimate')}</th>
          <th scope="col">{w('entered')}</th>
          {today.within.map(({ ms }) => (
            <th key={ms} scope="col">
              {w('within', { n: ms / 1000 })}
            </th>
          ))}
          <th scope="col">{w('lost')}</th>
        </tr>
      </thead>
      <tbody>
        {queues.map((q) => {
          const name = isGroup(q.queue) ? t(q.queue) : q.queue
          return (
            <tr key={q.queue} data-testid={`queue-${q.queue}`} data-alarm={alarms.waiting[q.queue]} data-closed={q.closed}>
              <th scope="row">
                {onQueue === null || screen || q.group === 'emergency' ? (
                  name
                ) : (
                  <button type="button" className={classes.switch} title={w(q.closed ? 'openQueue' : 'closeQueue', { name })} onClick={() => onQueue({ queue: q.queue, name, closed: q.closed })} data-testid={`switch-${q.queue}`}>
                    {name}
                  </button>
                )}
                {q.closed && <strong> {w('queueClosed')}</strong>}
              </th>
              <td data-zero={q.waiting === 0 || undefined}>
                <Opens screen={screen} to={{ kind: 'waiting', queue: q.queue }}>
                  {q.waiting}
                </Opens>
              </td>
              <td>{q.waiting === 0 ? '–' : duration(q.longest_wait_ms + ageOf(board, now))}</td>
              <td>{q.estimate_ms === null ? '–' : duration(q.estimate_ms)}</td>
              <td>
                <Opens screen={screen} to={ofToday({ kind: 'entered', queue: q.queue })}>
                  {q.today.entered}
                </Opens>
              </td>
              {q.today.within.map((within) => (
                <td key={within.ms} title={`${within.answered}/${within.of}`}>
                  <Opens screen={screen} to={ofToday({ kind: 'in_time', queue: q.queue, within: within.ms / 1000 })}>
                    {percent(within)}
                  </Opens>
                </td>
              ))}
              <td data-zero={q.today.abandoned === 0 || undefined}>
                <Opens screen={screen} to={ofToday({ kind: 'abandoned', queue: q.queue })}>
                  {q.today.abandoned}
                </Opens>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function percent({ of, percent: share }: Live['today']['within'][number]): string {
  return of === 0 ? '–' : `${Math.round(share)} %`
}
