import { Alert, Badge, Button, Paper, Stack, Table, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { api, wordsOf } from '../api/client'
import type { Words } from '../api/types'
import { dateTime } from '../format/format'
import { useWords } from '../text/words'
import { Differences } from './code'
import type { OpenDoc, Version } from './types'
import { words } from './words'

/** Who changed the document, when and why; an older text can be had back. */
export function Versions({ open, onGoBack }: { open: OpenDoc; onGoBack: (text: string, number: number) => void }) {
  const { w, pick } = useWords(words)
  const [shown, setShown] = useState<(Version & { text: string }) | null>(null)
  const [problem, setProblem] = useState<Words | null>(null)
  if (open.versions.length === 0) return <Paper data-testid="no-versions">{w('noVersions')}</Paper>
  const show = async (number: number) => {
    try {
      setShown(await api<Version & { text: string }>('GET', `/config/${open.document.name}/versions/${number}`))
      setProblem(null)
    } catch (error) {
      setProblem(wordsOf(error))
    }
  }
  return (
    <Stack gap="sm">
      {problem !== null && <Alert color="red">{pick(problem)}</Alert>}
      <Paper p="sm">
        <Table highlightOnHover verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={90}>{w('version')}</Table.Th>
              <Table.Th w={160}>{w('when')}</Table.Th>
              <Table.Th w={220}>{w('who')}</Table.Th>
              <Table.Th>{w('why')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {open.versions.map((v) => (
              <Table.Tr key={v.number} bg={shown?.number === v.number ? 'civic.0' : undefined}>
                <Table.Td>
                  <Button size="compact-sm" variant="subtle" onClick={() => void show(v.number)} data-testid={`version-${v.number}`}>
                    {v.number}
                  </Button>
                  {v.sha256 === open.base && (
                    <Badge size="sm" tt="none" color="green.8">
                      {w('inUse')}
                    </Badge>
                  )}
                </Table.Td>
                <Table.Td className="tick">{dateTime(v.at)}</Table.Td>
                <Table.Td>{v.by === '' ? w('byHand') : v.by_name || v.by}</Table.Td>
                <Table.Td>{v.by === '' ? '' : v.why}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Paper>
      {shown !== null && (
        <>
          {open.document.may && shown.sha256 !== open.base && (
            <Button leftSection={<IconHistory size={18} />} style={{ alignSelf: 'flex-start' }} onClick={() => onGoBack(shown.text, shown.number)} data-testid="version-go-back">
              {w('goBack')}
            </Button>
          )}
          <Text size="sm" c="gray.7">
            {w('version')} {shown.number}
          </Text>
          <Differences before={open.text} after={shown.text} label={`${w('version')} ${shown.number}`} unchanged={w('unchanged')} />
        </>
      )}
    </Stack>
  )
}
