import { Paper, Text, Timeline, Title } from '@mantine/core'
import {
  IconBell,
  IconCircleDot,
  IconDeviceFloppy,
  IconDialpad,
  IconHeadset,
  IconLanguage,
  IconListNumbers,
  IconMicrophone,
  IconPhoneIncoming,
  IconPhoneOff,
  IconPhoneOutgoing,
  IconPlugConnectedX,
  IconUserPlus,
  IconUsers,
  IconVolume,
  type Icon,
} from '@tabler/icons-react'
import type { TimelineEntry } from '../api/types'
import { timeOfDay } from '../format/format'
import { useText } from '../text/language'

// One picture for each kind of fact; a kind that is newer than this page gets a dot.
const icons: Record<string, Icon> = {
  arrived: IconPhoneIncoming,
  greeted: IconVolume,
  menu_entered: IconListNumbers,
  key_pressed: IconDialpad,
  language_chosen: IconLanguage,
  queued: IconUsers,
  offered: IconUserPlus,
  offer_rang: IconBell,
  offer_closed: IconPlugConnectedX,
  connected: IconHeadset,
  disconnected: IconPhoneOff,
  finished: IconPhoneOff,
  outbound: IconPhoneOutgoing,
  called_out: IconPhoneOutgoing,
  recorded: IconMicrophone,
  wrapped_up: IconDeviceFloppy,
}

export function TicketTimeline({ entries }: { entries: TimelineEntry[] }) {
  const { t, pick } = useText()
  return (
    <Paper>
      <Title order={2} fz="lg" mb="md">
        {t('timeline')}
      </Title>
      <Timeline active={entries.length} bulletSize={30} lineWidth={2}>
        {entries.map((entry, i) => {
          const Picture = icons[entry.kind] ?? IconCircleDot
          return (
            <Timeline.Item key={i} bullet={<Picture size={17} />} pb="xs" data-testid="timeline-entry" data-kind={entry.kind}>
              <Text>{pick(entry)}</Text>
              <Text size="sm" c="gray.7" className="tick">
                {timeOfDay(entry.at)}
              </Text>
            </Timeline.Item>
          )
        })}
      </Timeline>
    </Paper>
  )
}
