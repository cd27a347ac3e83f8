import type { TicketRow } from '../api/types'
import { useText } from '../text/language'
import type { TextKey } from '../text/strings'

const stageText: Record<string, TextKey> = {
  arriving: 'arrivingStage',
  menu: 'menuStage',
  waiting: 'waitingStage',
  ringing: 'ringingStage',
  talking: 'talkingStage',
}

/** How the call ended in words; where it was given up or failed matters, else not. */
export function OutcomeText({ outcome }: { outcome: TicketRow['outcome'] }) {
  const { t } = useText()
  if (outcome.result === '') return <>{t('ongoing')}</>
  const stage = stageText[outcome.stage]
  const where = stage !== undefined && (outcome.result === 'abandoned' || outcome.result === 'failed')
  return <>{where ? `${t(outcome.result)} ${t(stage)}` : t(outcome.result)}</>
}
