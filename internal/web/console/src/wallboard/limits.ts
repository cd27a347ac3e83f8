// Which figures are late (yellow) or bad (red), by the limits of configs/wall.yaml.
import type { Live, WallLimits } from '../api/types'

export type Alarm = 'good' | 'late' | 'bad'

export interface Alarms {
  wait: Alarm
  /** By queue: too many calls wait there. */
  waiting: Record<string, Alarm>
  lost: Alarm
  inTime: Alarm
  seats: Alarm
  system: Alarm
}

/** From so many on; 0 is never. */
export function above(value: number, { late, bad }: { late: number; bad: number }): Alarm {
  if (bad > 0 && value >= bad) return 'bad'
  return late > 0 && value >= late ? 'late' : 'good'
}

/** Below so many; 0 is never. */
export function below(value: number, { late, bad }: { late: number; bad: number }): Alarm {
  if (value < bad) return 'bad'
  return value < late ? 'late' : 'good'
}

/** The longest wait is told apart: it grows between two updates. */
export function alarmsOf(live: Live, waitMs: number | null): Alarms {
  const limits: WallLimits = live.limits
  const entered = live.queues.reduce((sum, q) => sum + q.today.entered, 0)
  const inTime = live.today.within.find((w) => w.ms === 15_000)
  return {
    wait: waitMs === null ? 'good' : above(waitMs, limits.longest_wait_ms),
    waiting: Object.fromEntries(live.queues.map((q) => [q.queue, above(q.waiting, limits.waiting)])),
    lost: entered === 0 ? 'good' : above((100 * live.today.abandoned_waiting) / entered, limits.lost_percent),
    inTime: inTime === undefined || inTime.of === 0 ? 'good' : below(inTime.percent, limits.in_time),
    seats: above(live.shift.seats - live.shift.present, limits.seats_missing),
    system: systemAlarm(live, limits),
  }
}

function systemAlarm({ system }: Live, limits: WallLimits): Alarm {
  const all = (system ?? []).map((part): Alarm => (!part.well ? 'bad' : part.free_percent === undefined ? 'good' : below(part.free_percent, limits.disk_free)))
  return worst(all)
}

export function worst(all: readonly Alarm[]): Alarm {
  if (all.includes('bad')) return 'bad'
  return all.includes('late') ? 'late' : 'good'
}

/** What a room should hear; a figure of the whole day, which stays red for hours, is not in it. */
export function audible(alarms: Alarms): boolean {
  return worst([alarms.wait, ...Object.values(alarms.waiting), alarms.seats, alarms.system]) === 'bad'
}
