// What the pages of the back office have in common: their tabs.
import { Box, Button, Group } from '@mantine/core'
import { IconFileSettings, IconSitemap, IconStack2 } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { Permission } from '../account/types'
import { useWords } from '../text/words'
import { words } from './words'

export function BackOffice({ may, children }: { may: readonly Permission[]; children: ReactNode }) {
  const { w } = useWords(words)
  return (
    <Box>
      {may.includes('edit_config') && (
        <Group component="nav" gap={4} mb="sm" aria-label={w('tabConfig')}>
          <Tab to="/ivr" icon={<IconSitemap size={18} />} label={w('tabMenus')} />
          <Tab to="/queues" icon={<IconStack2 size={18} />} label={w('tabQueues')} />
          <Tab to="/config" icon={<IconFileSettings size={18} />} label={w('tabConfig')} />
        </Group>
      )}
      {children}
    </Box>
  )
}

function Tab({ to, icon, label }: { to: string; icon: ReactNode; label: string }) {
  const [path] = useLocation()
  const here = path === to || path.startsWith(`${to}/`)
  return (
    <Button component={Link} href={to} size="sm" variant={here ? 'light' : 'subtle'} color={here ? 'civic' : 'gray'} c={here ? 'civic.9' : 'gray.8'} leftSection={icon} aria-current={here ? 'page' : undefined} data-testid={`tab-${to.slice(1)}`}>
      {label}
    </Button>
  )
}
