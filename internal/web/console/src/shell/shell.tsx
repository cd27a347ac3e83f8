import { Box, Button, Group, Menu, Text } from '@mantine/core'
import { IconChevronDown, IconDeviceDesktopAnalytics, IconHeadset, IconLanguage, IconLogout, IconSpeakerphone, IconTicket } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { Staff } from '../api/types'
import type { DeskSession } from '../desk/session'
import { setLanguage, useText } from '../text/language'
import { DeskStrip } from './desk-strip'

interface ShellProps {
  staff: Staff
  desk: DeskSession | null
  onSignOut: () => Promise<void>
  children: ReactNode
}

export function Shell({ staff, desk, onSignOut, children }: ShellProps) {
  const { t, language } = useText()
  return (
    <Box mih="100vh" style={{ display: 'grid', gridTemplateRows: 'auto 1fr' }}>
      <Group component="header" h={60} px="lg" gap="xl" bg="civic.9" c="white" wrap="nowrap">
        <Text fw={800} fz={24}>
          1022
        </Text>
        <Group component="nav" gap={4} wrap="nowrap" flex={1}>
          <NavButton to="/desk" icon={<IconHeadset size={20} />} label={t('navDesk')} />
          <NavButton to="/tickets" icon={<IconTicket size={20} />} label={t('navTickets')} />
          <NavButton to="/wallboard" icon={<IconDeviceDesktopAnalytics size={20} />} label={t('navWallboard')} />
          {staff.role !== 'agent' && <NavButton to="/notice" icon={<IconSpeakerphone size={20} />} label={t('notice')} />}
        </Group>
        {desk !== null && <DeskStrip desk={desk} />}
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <Button variant="transparent" c="white" rightSection={<IconChevronDown size={16} />} data-testid="user-menu">
              {staff.name}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconLanguage size={18} />} onClick={() => setLanguage(language === 'vi' ? 'en' : 'vi')} data-testid="switch-language">
              {t('otherLanguage')}
            </Menu.Item>
            {desk !== null && (
              <Menu.Item leftSection={<IconHeadset size={18} />} onClick={() => void desk.leave()} data-testid="leave-desk">
                {t('leaveDesk')}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconLogout size={18} />} onClick={() => void onSignOut()} data-testid="sign-out">
              {t('signOut')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Box component="main" p="lg" maw={1920} w="100%" mx="auto">
        {children}
      </Box>
    </Box>
  )
}

function NavButton({ to, icon, label }: { to: string; icon: ReactNode; label: string }) {
  const [path] = useLocation()
  const here = path === to || path.startsWith(`${to}/`)
  return (
    <Button component={Link} href={to} variant={here ? 'white' : 'transparent'} c={here ? 'civic.9' : 'white'} leftSection={icon} aria-current={here ? 'page' : undefined}>
      {label}
    </Button>
  )
}
