import { Grid } from '@mantine/core'
import { serverNow } from '../api/clock'
import type { Staff } from '../api/types'
import { useLoad } from '../api/use-load'
import { spanOf, todayIso } from './dates'
import { ShiftFrame } from './frame'
import { Leaves } from './leaves'
import { Swaps } from './swaps'
import type { Plan } from './types'

/** Leave and swaps: asked for by agents, decided by leads. */
export function RequestsPage({ staff }: { staff: Staff }) {
  const { data: plan, problem } = useLoad<Plan>(`/roster?from=${todayIso()}&days=28`)
  const shifts = plan?.shifts ?? []
  const own = (plan?.assignments ?? []).filter((a) => {
    const shift = shifts.find((s) => s.key === a.shift)
    return a.agent === staff.id && shift !== undefined && serverNow() < spanOf(a.date, shift).from
  })
  return (
    <ShiftFrame staff={staff} problem={problem}>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Leaves staff={staff} shifts={shifts} people={plan?.people ?? []} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Swaps staff={staff} shifts={shifts} own={own} />
        </Grid.Col>
      </Grid>
    </ShiftFrame>
  )
}
