import { Box, Button, Group, Menu, Text } from '@mantine/core'
import {
  IconBook2, IconCalendarWeek, IconChartBar, IconChevronDown, IconDeviceDesktopAnalytics, IconHeadset, IconLanguage, IconListSearch, IconLock, IconLogout, IconMicrophone, IconSitemap,
  IconSpeakerphone, IconTicket, IconUserCog, IconUsers,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { Permission, Session } from '../account/types'
import type { DeskSession } from '../desk/session'
import { EmergencyButton } from '../emergency/button'
import { setLanguage, useText } from '../text/language'
import { DeskStrip } from './desk-strip'

interface ShellProps {
  session: Session
  desk: DeskSession | null
  onSignOut: () => Promise<void>
  onLock: () => void
  children: ReactNode
}

export function Shell({ session, desk, onSignOut, onLock, children }: ShellProps) {
  const { t, language } = useText()
  const may = (what: Permission) => session.may.includes(what)
  return (
    <Box mih="100vh" style={{ display: 'grid', gridTemplateRows: 'auto 1fr' }}>
      <Group component="header" h={60} px="lg" gap="md" bg="civic.9" c="white" wrap="nowrap">
        <Text fw={800} fz={24}>
          1022
        </Text>
        <Group component="nav" gap={4} wrap="nowrap" flex={1} miw={0} style={{ overflowX: 'auto', scrollbarWidth: 'none' }}>
          {may('work_desk') && <NavButton to="/desk" icon={<IconHeadset size={20} />} label={t('navDesk')} />}
          {may('read_calls') && <NavButton to="/tickets" icon={<IconTicket size={20} />} label={t('navTickets')} />}
          {may('read_articles') && <NavButton to="/articles" icon={<IconBook2 size={20} />} label={t('navArticles')} />}
          {may('own_shifts') && <NavButton to="/roster" also={['/staffing']} icon={<IconCalendarWeek size={20} />} label={t('navRoster')} />}
          {may('see_live') && <NavButton to="/wallboard" icon={<IconDeviceDesktopAnalytics size={20} />} label={t('navWallboard')} />}
          {may('lead_shift') && <NavButton to="/history" also={['/calls']} icon={<IconChartBar size={20} />} label={t('navHistory')} />}
          {may('search_recordings') && <NavButton to="/recordings" icon={<IconMicrophone size={20} />} label={t('navRecordings')} />}
          {may('put_notice') && <NavButton to="/notice" icon={<IconSpeakerphone size={20} />} label={t('notice')} />}
          {may('put_notice') && <NavButton to="/ivr" also={['/queues', '/config']} icon={<IconSitemap size={20} />} label={t('navIvr')} />}
          {may('manage_staff') && <NavButton to="/staff" icon={<IconUsers size={20} />} label={t('navStaff')} />}
          {may('read_audit') && <NavButton to="/audit" icon={<IconListSearch size={20} />} label={t('navAudit')} />}
        </Group>
        {desk !== null && <DeskStrip desk={desk} />}
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <Button variant="transparent" c="white" rightSection={<IconChevronDown size={16} />} data-testid="user-menu">
              {session.user.name}
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
            <Menu.Item component={Link} href="/account" leftSection={<IconUserCog size={18} />} data-testid="account-link">
              {t('navAccount')}
            </Menu.Item>
            <Menu.Item leftSection={<IconLock size={18} />} onClick={onLock} data-testid="lock-now">
              {t('lockNow')}
            </Menu.Item>
            <Menu.Item leftSection={<IconLogout size={18} />} onClick={() => void onSignOut()} data-testid="sign-out">
              {t('signOut')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {desk !== null && <EmergencyButton desk={desk} />}
      </Group>
      <Box component="main" p="lg" maw={1920} w="100%" mx="auto">
        {children}
      </Box>
    </Box>
  )
}

function NavButton({ to, also = [], icon, label }: { to: string; also?: readonly string[]; icon: ReactNode; label: string }) {
  const [path] = useLocation()
  const here = [to, ...also].some((at) => path === at || path.startsWith(`${at}/`))
  return (
    <Button component={Link} href={to} variant={here ? 'white' : 'transparent'} c={here ? 'civic.9' : 'white'} px={10} aria-current={here ? 'page' : undefined}>
      {/* With all that a supervisor may see, a small screen has room for the words alone. */}
      <Box component="span" visibleFrom="xl" mr={8} lh={0}>
        {icon}
      </Box>
      {label}
    </Button>
  )
}
