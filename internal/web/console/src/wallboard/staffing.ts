// How many agents are needed, in as few words as a wall needs.
import type { Staffing } from '../api/types'
import type { Text } from '../text/language'

/** A word and its figure, such as "cần 8"; the figure may be empty. */
export interface Part {
  word: string
  figure: string
}

/** What the strip says, the verdict last. */
export function adviceParts(staffing: Staffing, t: Text['t']): Part[] {
  const { reason, need, have, missing, low, high } = staffing
  const sure = reason !== 'too_few_calls'
  return [{ word: t('staffNeed'), figure: sure ? String(need) : `${low}–${high}` }, { word: t('staffHave'), figure: String(have) }, verdict()]

  function verdict(): Part {
    switch (reason) {
      case 'enough':
        return { word: t('staffEnough'), figure: '' }
      case 'short':
      case 'overload':
        return { word: t('staffMissing'), figure: String(missing) }
      case 'too_few_calls':
        return { word: t('staffTooFew'), figure: '' }
    }
  }
}

/** Staffing, or that it is an overload. */
export function adviceTitle(staffing: Staffing, t: Text['t']): string {
  return t(staffing.reason === 'overload' ? 'staffOverload' : 'staffing')
}
