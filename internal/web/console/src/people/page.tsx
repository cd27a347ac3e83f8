import { Alert, Badge, Button, Center, Group, Menu, Paper, Table, Text, TextInput } from '@mantine/core'
import { IconDots, IconKey, IconPencil, IconSearch, IconShieldOff, IconUserCheck, IconUserOff, IconUserPlus } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import type { Member } from '../account/types'
import { api, wordsOf } from '../api/client'
import type { Words } from '../api/types'
import { useLoad } from '../api/use-load'
import { SkillBadges } from '../config/skill-badges'
import type { QueueSettings } from '../config/types'
import { dateTime } from '../format/format'
import { useText } from '../text/language'
import { Ask, MemberDialog, PasswordOnce, type Question } from './dialogs'
import { roleWords } from './roles'

/** Letters without diacritics, as people type them. */
function plain(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd')
}

/** Everybody who works here, for admins. */
export function PeoplePage({ me }: { me: string }) {
  const { t, pick } = useText()
  const [people, setPeople] = useState<Member[] | null>(null)
  const [problem, setProblem] = useState<Words | null>(null)
  const [typed, setTyped] = useState('')
  const { data: settings } = useLoad<QueueSettings>('/queues')
  const skillsOf = (id: string) => settings?.agents.find((p) => p.agent === id)?.skills ?? []
  const [edited, setEdited] = useState<Member | 'new' | null>(null)
  const [question, setQuestion] = useState<Question | null>(null)
  const [made, setMade] = useState<{ name: string; password: string } | null>(null)

  const load = useCallback(() => {
    api<{ staff: Member[] }>('GET', '/staff').then(
      ({ staff }) => {
        setPeople(staff)
        setProblem(null)
      },
      (error: unknown) => setProblem(wordsOf(error)),
    )
  }, [])
  useEffect(load, [load])

  const act = async (path: string, of: Member) => {
    setQuestion(null)
    try {
      const answer = await api<{ password: string } | undefined>('POST', `/staff/${of.id}/${path}`)
      if (answer !== undefined) setMade({ name: of.name, password: answer.password })
      load()
    } catch (error) {
      setProblem(wordsOf(error))
    }
  }
  const shown = people?.filter((m) => plain(`${m.id} ${m.name}`).includes(plain(typed.trim())))

  return (
    <Paper p="md" data-testid="people">
      <Group mb="md">
        <TextInput flex={1} size="md" type="search" leftSection={<IconSearch size={20} />} placeholder={t('personFind')} aria-label={t('personFind')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} data-testid="people-search" />
        <Button size="md" leftSection={<IconUserPlus size={20} />} onClick={() => setEdited('new')} data-testid="person-add">
          {t('personAdd')}
        </Button>
      </Group>
      {problem !== null && (
        <Alert color="red" mb="md" role="alert" data-testid="people-problem">
          {pick(problem)}
        </Alert>
      )}
      {shown !== undefined && (
        <Table highlightOnHover verticalSpacing="xs" fz="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('personName')}</Table.Th>
              <Table.Th>{t('user')}</Table.Th>
              <Table.Th>{t('personRole')}</Table.Th>
              <Table.Th>{t('personSkills')}</Table.Th>
              <Table.Th>{t('personState')}</Table.Th>
              <Table.Th>{t('personSeen')}</Table.Th>
              <Table.Th aria-label={t('actions')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((m) => (
              <Table.Tr key={m.id} c={m.active ? undefined : 'gray.6'} data-testid={`person-${m.id}`} data-active={m.active}>
                <Table.Td fw={600}>{m.name}</Table.Td>
                <Table.Td>{m.id}</Table.Td>
                <Table.Td>{pick(roleWords[m.role])}</Table.Td>
                <Table.Td>
                  <SkillBadges skills={skillsOf(m.id)} />
                </Table.Td>
                <Table.Td>
                  <State of={m} />
                </Table.Td>
                <Table.Td className="tick">{m.seen === null ? '–' : dateTime(m.seen)}</Table.Td>
                <Table.Td ta="right">
                  <Menu position="bottom-end" width={260}>
                    <Menu.Target>
                      <Button variant="subtle" size="compact-md" aria-label={`${t('actions')}: ${m.name}`} data-testid={`actions-${m.id}`}>
                        <IconDots size={20} />
                      </Button>
                    </Menu.Target>
                    <Menu.Dropdown>
                      <Menu.Item leftSection={<IconPencil size={18} />} onClick={() => setEdited(m)} data-testid="person-change">
                        {t('personChange')}
                      </Menu.Item>
                      <Menu.Item leftSection={<IconKey size={18} />} onClick={() => setQuestion({ title: 'personNewPassword', ask: 'personNewPasswordAsk', of: m, go: () => void act('password', m) })} data-testid="person-password">
                        {t('personNewPassword')}
                      </Menu.Item>
                      {m.totp && (
                        <Menu.Item leftSection={<IconShieldOff size={18} />} onClick={() => setQuestion({ title: 'personResetSecond', ask: 'personResetSecondAsk', of: m, go: () => void act('totp', m) })} data-testid="person-totp">
                          {t('personResetSecond')}
                        </Menu.Item>
                      )}
                      {m.active && m.id !== me && (
                        <Menu.Item color="red.8" leftSection={<IconUserOff size={18} />} onClick={() => setQuestion({ title: 'personShutOut', ask: 'personShutOutAsk', of: m, go: () => void act('disable', m) })} data-testid="person-disable">
                          {t('personShutOut')}
                        </Menu.Item>
                      )}
                      {!m.active && (
                        <Menu.Item leftSection={<IconUserCheck size={18} />} onClick={() => void act('enable', m)} data-testid="person-enable">
                          {t('personLetIn')}
                        </Menu.Item>
                      )}
                    </Menu.Dropdown>
                  </Menu>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {people === null && problem === null && (
        <Center p="xl">
          <Text>{t('loading')}</Text>
        </Center>
      )}
      {edited !== null && (
        <MemberDialog
          of={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={(password) => {
            setEdited(null)
            if (password !== null) setMade(password)
            load()
          }}
        />
      )}
      {question !== null && <Ask question={question} onClose={() => setQuestion(null)} />}
      {made !== null && <PasswordOnce made={made} onClose={() => setMade(null)} />}
    </Paper>
  )
}

function State({ of }: { of: Member }) {
  const { t } = useText()
  return (
    <Group gap="xs">
      {!of.active && (
        <Badge color="gray.7" tt="none">
          {t('personShut')}
        </Badge>
      )}
      {of.totp && (
        <Badge color="civic.8" variant="outline" tt="none">
          {t('secondTitle')}
        </Badge>
      )}
      {of.active && of.temporary && (
        <Badge color="orange.8" tt="none">
          {t('personTemporary')}
        </Badge>
      )}
    </Group>
  )
}
