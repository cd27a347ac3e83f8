// Changing the plan from a page: a refusal by the rules is shown in its sentences and
// may be forced, what was done may be undone once.
import { Alert, Button, Group, List, Modal, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { Words } from '../api/types'
import { useWords } from '../text/words'
import { carryOut, type Edit } from './edits'
import { slotText } from './slot-text'
import type { ShiftInfo } from './types'
import { words } from './words'

interface Edits {
  apply: (edit: Edit) => Promise<boolean>
  /** What was done or refused, for the top of the page. */
  said: ReactNode
  /** The question whether to force. */
  question: ReactNode
}

type Said = { edit: Edit; undoable: boolean } | { words: Words }

export function useEdits(shifts: readonly ShiftInfo[], onDone: () => void): Edits {
  const { w, pick, language } = useWords(words)
  const [said, setSaid] = useState<Said | null>(null)
  const [asked, setAsked] = useState<{ edit: Edit; problems: Words[]; undoable: boolean } | null>(null)
  const [busy, setBusy] = useState(false)

  const run = async (edit: Edit, force: boolean, undoable: boolean): Promise<boolean> => {
    setBusy(true)
    const outcome = await carryOut(edit, force)
    setBusy(false)
    switch (outcome.how) {
      case 'done':
        setAsked(null)
        setSaid({ edit, undoable })
        onDone()
        return true
      case 'rules':
        setAsked({ edit, problems: outcome.problems, undoable })
        return false
      case 'failed':
        setAsked(null)
        setSaid({ words: outcome.words })
        onDone()
        return false
    }
  }

  const sentence = ({ who, from, to }: Edit) => {
    const key = from === null ? 'doneAssign' : to === null ? 'doneUnassign' : 'doneMove'
    const slot = to ?? from
    return w(key, { name: who.name, slot: slot === null ? '' : slotText(slot, shifts, language) })
  }

  return {
    apply: (edit) => run(edit, false, true),
    said: said !== null && (
      <Alert color={'words' in said ? 'red' : 'green'} mb="sm" py="xs" role="status" withCloseButton closeButtonLabel={w('closeSaid')} onClose={() => setSaid(null)} data-testid="roster-said">
        <Group gap="md">
          <Text>{'words' in said ? pick(said.words) : sentence(said.edit)}</Text>
          {'edit' in said && said.undoable && (
            <Button size="compact-sm" variant="white" loading={busy} onClick={() => void run({ who: said.edit.who, from: said.edit.to, to: said.edit.from }, false, false)} data-testid="roster-undo">
              {w('undo')}
            </Button>
          )}
        </Group>
      </Alert>
    ),
    question: (
      <Modal opened={asked !== null} onClose={() => setAsked(null)} title={w('rulesTitle')} size="lg" zIndex={400}>
        {asked !== null && (
          <div data-testid="rules-broken">
            <Text mb="sm">{w('rulesLead')}</Text>
            <List spacing={4} mb="md" mah="48vh" style={{ overflowY: 'auto' }}>
              {asked.problems.map((problem) => (
                <List.Item key={problem.vi}>{pick(problem)}</List.Item>
              ))}
            </List>
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setAsked(null)} data-autofocus>
                {w('cancel')}
              </Button>
              <Button color="red.8" loading={busy} onClick={() => void run(asked.edit, true, asked.undoable)} data-testid="rules-force">
                {w('rulesForce')}
              </Button>
            </Group>
          </div>
        )}
      </Modal>
    ),
  }
}
