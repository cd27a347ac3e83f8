import { useLoad } from '../api/use-load'

export interface StaffName {
  id: string
  name: string
}

/** Everybody who may take calls, for filters; nobody for who may not know. */
export function useStaffNames(): StaffName[] {
  return useLoad<{ agents: StaffName[] }>('/agents').data?.agents ?? []
}
