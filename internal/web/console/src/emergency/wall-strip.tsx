// The wall's strip of emergencies: what runs with its clocks, what somebody has to see to
// now, the day, and whether the last drill went well.
import type { Live } from '../api/types'
import { dateTime, duration } from '../format/format'
import { useWords } from '../text/words'
import { centresHere, lasted } from './ladder'
import type { Drill, EmergencyAlarm, Handover, HandoverService, LiveEmergency } from './types'
import classes from './wall-strip.module.css'
import { words } from './words'

interface EmergencyStripProps {
  emergency: LiveEmergency
  /** Now by the server's clock; it stands still while the figures are old. */
  at: number
  desks: Live['desks']
}

export function EmergencyStrip({ emergency, at, desks }: EmergencyStripProps) {
  const { w } = useWords(words)
  const { handovers, alarms, today, drill = null } = emergency
  return (
    <section className={classes.strip} aria-label={w('running')} data-running={handovers.length > 0 || undefined} data-testid="wallboard-emergency" data-handovers={handovers.length}>
      {alarms.map((alarm) => (
        <AlarmLine key={`${alarm.kind} ${alarm.call} ${alarm.service}`} alarm={alarm} at={at} />
      ))}
      {handovers.map((h) => (
        <Running key={h.call} handover={h} at={at} desks={desks} />
      ))}
      <div className={classes.day} data-testid="wallboard-emergency-day">
        {handovers.length === 0 && <span className={classes.well}>{w('noneRunning')}</span>}
        <b>{w('today')}</b>
        <span>{w('asked', { n: today.asked })}</span>
        {today.asked > 0 && (
          <>
            <span>{w('within', { s: 10, n: today.answered_in_10s })}</span>
            <span>{w('within', { s: 15, n: today.answered_in_15s })}</span>
            <span>{w('within', { s: 20, n: today.answered_in_20s })}</span>
            <span>{w('toAnswer', { time: duration(today.to_answer_ms) })}</span>
            {today.confirmed > 0 && <span>{w('toConfirm', { time: duration(today.to_confirm_ms) })}</span>}
          </>
        )}
        {today.owed > 0 && <span>{w('calledBack', { n: today.called_back, of: today.owed })}</span>}
        {drill !== null && <DrillLight drill={drill} />}
      </div>
    </section>
  )
}

function AlarmLine({ alarm, at }: { alarm: EmergencyAlarm; at: number }) {
  const { w } = useWords(words)
  return (
    <div className={classes.alarm} role="alert" data-testid="wallboard-emergency-alarm" data-kind={alarm.kind}>
      ⚠ {w(`alarm_${alarm.kind}`, { service: alarm.service })} <b>{duration(at - Date.parse(alarm.since))}</b>
    </div>
  )
}

function Running({ handover, at, desks }: { handover: Handover; at: number; desks: Live['desks'] }) {
  const { w } = useWords(words)
  const names = handover.here.map((id) => desks.find((d) => d.agent === id)?.name ?? id)
  const here = [...(handover.citizen ? [w('theCitizen')] : []), ...names, ...centresHere(handover)]
  return (
    <div className={classes.running} data-testid="wallboard-handover" data-call={handover.call}>
      {handover.services.map((s) => (
        <ServiceClock key={s.service} service={s} at={at} />
      ))}
      <span>
        {w('inTalk')}: {here.join(', ')}
      </span>
      {handover.supervisors_ring && <b>{w('supervisorsRing')}</b>}
    </div>
  )
}

function ServiceClock({ service, at }: { service: HandoverService; at: number }) {
  const { w } = useWords(words)
  const last = service.attempts.findLast((a) => a.state !== 'gone') ?? service.attempts.at(-1)
  const stands = service.confirmed !== null ? 'confirmed' : service.answered !== null ? 'answered' : 'called'
  const after = { time: duration(lasted(service, service.confirmed ?? service.answered, at)) }
  return (
    <span className={classes.service} data-stands={stands} data-service={service.service}>
      <b className={classes.number}>{service.service}</b> <b>{duration(lasted(service, service.confirmed, at))}</b>{' '}
      {stands === 'confirmed' && `✓ ${w('confirmedAfter', after)}`}
      {stands === 'answered' && w('answeredAfter', after)}
      {stands === 'called' && last !== undefined && `${last.name}: ${last.state === 'gone' ? (last.why === '' ? w('gone') : w(`why_${last.why}`)) : w(`state_${last.state}`)}`}
      {service.round > 1 && ` (${w('round', { n: service.round })})`}
    </span>
  )
}

function DrillLight({ drill }: { drill: Drill }) {
  const { w, pick } = useWords(words)
  return (
    <span className={classes.drill} data-ok={drill.ok} title={`${w('drillService', { service: drill.service })}: ${pick(drill)}`} data-testid="wallboard-drill">
      <i aria-hidden /> {w(drill.ok ? 'drillOk' : 'drillBad', { time: dateTime(drill.at) })}
      {!drill.ok && ` · ${pick(drill)}`}
    </span>
  )
}
