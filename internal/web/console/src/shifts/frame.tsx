// What the pages about shifts have in common: their tabs, and how a problem is shown.
import { Alert, Box, Button, Group } from '@mantine/core'
import { IconArrowsExchange, IconCalendarWeek, IconChartHistogram, IconClipboardText, IconUserCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { Staff, Words } from '../api/types'
import { useWords } from '../text/words'
import { isLead } from './types'
import { words } from './words'

interface FrameProps {
  staff: Staff
  problem?: Words | null
  children: ReactNode
}

export function ShiftFrame({ staff, problem = null, children }: FrameProps) {
  const { w, pick } = useWords(words)
  return (
    <Box>
      <Group component="nav" gap={4} mb="md" aria-label={w('tabRoster')}>
        <Tab to="/roster" icon={<IconCalendarWeek size={18} />} label={w('tabRoster')} />
        <Tab to="/roster/requests" icon={<IconArrowsExchange size={18} />} label={w('tabRequests')} />
        <Tab to="/roster/attendance" icon={<IconUserCheck size={18} />} label={w('tabAttendance')} />
        <Tab to="/roster/sheet" icon={<IconClipboardText size={18} />} label={w('tabSheet')} />
        {isLead(staff) && <Tab to="/staffing" icon={<IconChartHistogram size={18} />} label={w('tabStaffing')} />}
      </Group>
      {problem !== null && (
        <Alert color="red" mb="md" role="alert">
          {pick(problem)}
        </Alert>
      )}
      {children}
    </Box>
  )
}

function Tab({ to, icon, label }: { to: string; icon: ReactNode; label: string }) {
  const [path] = useLocation()
  const here = path === to
  return (
    <Button component={Link} href={to} size="sm" variant={here ? 'light' : 'subtle'} color={here ? 'civic' : 'gray'} c={here ? 'civic.9' : 'gray.8'} leftSection={icon} aria-current={here ? 'page' : undefined}>
      {label}
    </Button>
  )
}
