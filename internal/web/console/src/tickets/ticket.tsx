import { Alert, Anchor, Badge, Box, Center, Grid, Group, Loader, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useEffect, useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import { api, wordsOf } from '../api/client'
import type { Attachment, Place, Ticket, Words } from '../api/types'
import { Earlier } from '../desk/earlier'
import { words } from '../desk/form-words'
import type { DeskSession } from '../desk/session'
import { dateTime, duration } from '../format/format'
import { pinOf } from '../place/field'
import { PlaceMap } from '../place/map'
import { words as placeWords } from '../place/words'
import { useText } from '../text/language'
import type { TextKey } from '../text/strings'
import { useWords } from '../text/words'
import { statusColor } from '../theme'
import { AddAttachment, AttachmentList } from './attachments'
import { CallBack } from './call-back'
import { callerText } from './caller-text'
import { OutcomeText } from './outcome-text'
import { Recordings } from './recording'
import { TicketTimeline } from './timeline'

export function TicketPage({ code, desk }: { code: string; desk: DeskSession | null }) {
  const { t, pick } = useText()
  const [ticket, setTicket] = useState<Ticket | null>(null)
  const [problem, setProblem] = useState<Words | null>(null)

  useEffect(() => {
    api<Ticket>('GET', `/tickets/${encodeURIComponent(code)}`).then(setTicket, (error: unknown) => setProblem(wordsOf(error)))
  }, [code])

  if (problem !== null) return <Alert color="red">{pick(problem)}</Alert>
  if (ticket === null) {
    return (
      <Center mih="50vh">
        <Loader />
      </Center>
    )
  }
  return (
    <Stack gap="lg">
      <Group gap="lg">
        <Anchor component={Link} href="/tickets">
          <Group gap={4}>
            <IconArrowLeft size={18} /> {t('backToList')}
          </Group>
        </Anchor>
        <Title order={1} fz={28} className="tick">
          {t('ticket', { code: ticket.code })}
        </Title>
        <Badge size="xl" tt="none" color={`${statusColor[ticket.status]}.8`} data-testid="ticket-status" data-status={ticket.status}>
          {t(ticket.status)}
        </Badge>
        {desk !== null && <CallBack ticket={ticket} desk={desk} />}
      </Group>
      <Grid gap="lg">
        <Grid.Col span={7}>
          <Stack gap="lg">
            <Facts ticket={ticket} />
            <Files ticket={ticket} onAdded={(file) => setTicket({ ...ticket, attachments: [...(ticket.attachments ?? []), file] })} />
            <Recordings ticket={ticket} />
            <Earlier rows={ticket.earlier ?? []} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={5}>
          <TicketTimeline entries={ticket.timeline ?? []} />
        </Grid.Col>
      </Grid>
    </Stack>
  )
}

function Files({ ticket, onAdded }: { ticket: Ticket; onAdded: (file: Attachment) => void }) {
  const { w } = useWords(words)
  const files = ticket.attachments ?? []
  return (
    <Paper data-testid="ticket-files">
      <Group justify="space-between" mb="xs">
        <Title order={2} fz="lg">
          {w('files')}
        </Title>
        <AddAttachment code={ticket.code} onAdded={onAdded} />
      </Group>
      {files.length === 0 ? <Text c="gray.7">{w('noFiles')}</Text> : <AttachmentList code={ticket.code} files={files} />}
    </Paper>
  )
}

function Where({ place }: { place: Place }) {
  const { w } = useWords(placeWords)
  const pin = pinOf(place)
  if (!place.said && pin === null) return null
  return (
    <>
      <Text size="sm" c="gray.7" mt="lg">
        {w('place')}
      </Text>
      <Text fz="lg" data-testid="ticket-place">
        {place.said}
      </Text>
      {pin !== null && (
        <Box maw={320} mt="xs">
          <PlaceMap pin={pin} />
        </Box>
      )}
    </>
  )
}

const ratingText: Record<number, TextKey> = { 1: 'ratedSatisfied', 2: 'ratedSoSo', 3: 'ratedUnsatisfied' }

function Facts({ ticket }: { ticket: Ticket }) {
  const { t } = useText()
  const { w } = useWords(words)
  const rating = ratingText[ticket.rating]
  return (
    <Paper>
      <SimpleGrid cols={3} spacing="lg">
        <Fact label={t('caller')} value={callerText(ticket, t)} />
        {ticket.citizen !== '' && <Fact label={w('citizen')} value={ticket.citizen} />}
        <Fact label={t('openedAt')} value={dateTime(ticket.opened_at)} />
        <Fact label={t('agent')} value={ticket.agent_name} />
        <Fact label={t('group')} value={ticket.group === '' ? '' : t(ticket.group)} />
        {ticket.group === 'emergency' ? <Fact label={t('service')} value={ticket.service} /> : <Fact label={t('fieldLabel')} value={ticket.field_vi} />}
        <Fact label={t('outcome')} value={<OutcomeText outcome={ticket.outcome} />} />
        <Fact label={t('waitedLabel')} value={duration(ticket.waited_ms)} />
        <Fact label={t('talkedLabel')} value={duration(ticket.talked_ms)} />
        {rating !== undefined && <Fact label={t('ratingLabel')} value={t(rating)} />}
      </SimpleGrid>
      <Text size="sm" c="gray.7" mt="lg">
        {t('note')}
      </Text>
      <Text fz="lg" style={{ whiteSpace: 'pre-wrap' }} data-testid="ticket-note">
        {ticket.note || '–'}
      </Text>
      <Where place={ticket.place} />
    </Paper>
  )
}

function Fact({ label, value }: { label: string; value: ReactNode }) {
  return (
    <div>
      <Text size="sm" c="gray.7">
        {label}
      </Text>
      <Text fz="lg" fw={600} className="tick">
        {value || '–'}
      </Text>
    </div>
  )
}
