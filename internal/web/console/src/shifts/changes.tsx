import { Alert, Button, Center, Modal, Table, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { api, query, wordsOf } from '../api/client'
import type { Words } from '../api/types'
import { dateTime } from '../format/format'
import { useWords } from '../text/words'
import { BrokenRules } from './broken-rules'
import { shortSlot } from './slot-text'
import type { Change, ShiftInfo } from './types'
import { words } from './words'

/** Who changed the plan of whom, the last first. */
export function ChangesDialog({ shifts, onClose }: { shifts: readonly ShiftInfo[]; onClose: () => void }) {
  const { w, pick, language } = useWords(words)
  const [rows, setRows] = useState<Change[] | null>(null)
  const [next, setNext] = useState('')
  const [problem, setProblem] = useState<Words | null>(null)

  const read = async (before: string) => {
    try {
      const page = await api<{ changes: Change[]; next: string }>('GET', `/roster/changes${query({ before, limit: '50' })}`)
      setRows((earlier) => (before === '' ? page.changes : [...(earlier ?? []), ...page.changes]))
      setNext(page.next)
    } catch (error) {
      setProblem(wordsOf(error))
    }
  }
  useEffect(() => void read(''), [])

  return (
    <Modal opened onClose={onClose} title={w('changesTitle')} size={900}>
      {problem !== null && <Alert color="red">{pick(problem)}</Alert>}
      {rows?.length === 0 && <Text>{w('noChanges')}</Text>}
      {rows !== null && rows.length > 0 && (
        <Table verticalSpacing={6} data-testid="changes">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{w('at')}</Table.Th>
              <Table.Th>{w('byWhom')}</Table.Th>
              <Table.Th>{w('what')}</Table.Th>
              <Table.Th>{w('person')}</Table.Th>
              <Table.Th>{w('shift')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((change) => (
              <Table.Tr key={change.id}>
                <Table.Td className="tick nowrap">{dateTime(change.at)}</Table.Td>
                <Table.Td className="nowrap">{change.by_name}</Table.Td>
                <Table.Td className="nowrap">{w(change.kind)}</Table.Td>
                <Table.Td>
                  {change.name}
                  <BrokenRules problems={change.overridden} />
                </Table.Td>
                <Table.Td className="nowrap">{shortSlot(change, shifts, language)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {next !== '' && (
        <Center mt="md">
          <Button variant="default" onClick={() => void read(next)}>
            {w('more')}
          </Button>
        </Center>
      )}
    </Modal>
  )
}
