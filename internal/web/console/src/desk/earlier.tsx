import { Anchor, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import type { TicketRow } from '../api/types'
import { dateTime } from '../format/format'
import { useText } from '../text/language'
import { statusColor } from '../theme'
import { OutcomeText } from '../tickets/outcome-text'

/** What the same number called about before. */
export function Earlier({ rows }: { rows: TicketRow[] }) {
  const { t } = useText()
  return (
    <Paper p="md">
      <Title order={3} fz="md" mb="xs">
        {t('earlier')}
      </Title>
      {rows.length === 0 && <Text c="gray.7">{t('noEarlier')}</Text>}
      <Stack gap="xs">
        {rows.map((row) => (
          <div key={row.code} data-testid="earlier-ticket">
            <Group gap="xs">
              <Anchor component={Link} href={`/tickets/${row.code}`} fw={600} className="tick">
                {row.code}
              </Anchor>
              <Text size="sm" c="gray.7" className="tick">
                {dateTime(row.opened_at)}
              </Text>
              <Badge color={`${statusColor[row.status]}.8`} tt="none">
                {t(row.status)}
              </Badge>
              {row.group !== '' && <Text size="sm">{row.field_vi || t(row.group)}</Text>}
            </Group>
            <Text size="sm" lineClamp={2}>
              {row.note || <OutcomeText outcome={row.outcome} />}
            </Text>
          </div>
        ))}
      </Stack>
    </Paper>
  )
}
