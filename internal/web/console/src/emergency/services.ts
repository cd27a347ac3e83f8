import { useLoad } from '../api/use-load'
import type { Text } from '../text/language'
import type { Emergencies, EmergencyService } from './types'

// The button works even when the list cannot be had: the server knows what there is.
const known: readonly EmergencyService[] = [
  { service: '112', vi: 'Tìm kiếm cứu nạn', en: 'Search and rescue' },
  { service: '113', vi: 'Công an', en: 'Police' },
  { service: '114', vi: 'Chữa cháy, cứu nạn', en: 'Fire and rescue' },
  { service: '115', vi: 'Cấp cứu', en: 'Ambulance' },
]

/** What there is to hand over to, in the order of the keys. */
export function useServices(): readonly EmergencyService[] {
  const { data } = useLoad<Emergencies>('/emergency', 60_000)
  return data === null || data.services.length === 0 ? known : data.services
}

/** A service as people call it: 114 Chữa cháy. */
export function serviceName(services: readonly EmergencyService[], service: string, pick: Text['pick']): string {
  const found = services.find((s) => s.service === service) ?? known.find((s) => s.service === service)
  return found === undefined ? service : `${service} ${pick(found)}`
}
