// The knowledge base beside the form: found while typing, read, and put into the note.
import { Alert, Anchor, Badge, Button, Group, Paper, ScrollArea, Stack, Text, TextInput, Title, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconArrowLeft, IconSearch, IconTextPlus } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { query } from '../api/client'
import type { Article } from '../api/types'
import { useLoad } from '../api/use-load'
import type { DeskSession } from '../desk/session'
import type { DeskState } from '../desk/state'
import { searchId } from '../desk/use-keys'
import { useText } from '../text/language'
import { fill, useWords } from '../text/words'
import { groupColor } from '../theme'
import { ArticleBody } from './body'
import { added } from './parts'
import { words } from './words'

const settleMs = 150

export function KnowledgePanel({ desk, state }: { desk: DeskSession; state: DeskState }) {
  const { w, pick } = useWords(words)
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed, settleMs)
  const [open, setOpen] = useState<Article | null>(null)
  const near = state.form ?? state.offer
  const { data, problem } = useLoad<{ articles: Article[] }>(`/articles${query({ q, near_group: near?.group ?? '', near_field: near?.field ?? '' })}`)
  return (
    <Paper p="md" data-testid="knowledge">
      <Title order={2} fz="md" mb="xs">
        {w('title')}
      </Title>
      <TextInput
        id={searchId}
        type="search"
        leftSection={<IconSearch size={18} />}
        placeholder={w('search')}
        aria-label={w('search')}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setOpen(null)
        }}
        data-testid="knowledge-search"
      />
      {problem !== null && (
        <Alert color="orange" mt="xs">
          {pick(problem)}
        </Alert>
      )}
      {open !== null ? <Reader article={open} desk={desk} state={state} onBack={() => setOpen(null)} /> : <Found articles={data?.articles ?? null} onOpen={setOpen} />}
    </Paper>
  )
}

function Found({ articles, onOpen }: { articles: Article[] | null; onOpen: (article: Article) => void }) {
  const { w } = useWords(words)
  const { t } = useText()
  if (articles?.length === 0) {
    return (
      <Text size="sm" c="gray.7" mt="sm">
        {w('nothing')}
      </Text>
    )
  }
  return (
    <ScrollArea.Autosize mah={360} mt="xs" viewportProps={{ tabIndex: 0, 'aria-label': w('title'), role: 'group' }}>
      <Stack gap={2}>
        {(articles ?? []).map((article) => (
          <UnstyledButton key={article.id} p={6} onClick={() => onOpen(article)} data-testid="article" data-id={article.id}>
            <Text size="sm" fw={600} c="civic.8" lh={1.25}>
              {article.title}
            </Text>
            <Badge size="sm" tt="none" variant="light" color={groupColor[article.group]} c={`${groupColor[article.group]}.9`}>
              {t(article.group)}
            </Badge>
          </UnstyledButton>
        ))}
      </Stack>
    </ScrollArea.Autosize>
  )
}

function Reader({ article, desk, state, onBack }: { article: Article; desk: DeskSession; state: DeskState; onBack: () => void }) {
  const { w } = useWords(words)
  const box = useRef<HTMLDivElement>(null)
  const [done, setDone] = useState(false)
  const insert = () => {
    const selection = window.getSelection()
    const chosen = selection !== null && box.current?.contains(selection.anchorNode) === true ? selection.toString().trim() : ''
    const { title, id, version, body } = article
    const text = `${fill(words.guidance.vi, { title, id, version })}\n${chosen || body}`
    desk.edit({ note: added(state.form?.note ?? '', text) })
    setDone(true)
  }
  return (
    <Stack gap="xs" mt="xs" data-testid="article-open" data-id={article.id}>
      <Group justify="space-between" wrap="nowrap">
        <Anchor component="button" type="button" size="sm" onClick={onBack}>
          <Group gap={4} wrap="nowrap">
            <IconArrowLeft size={16} /> {w('back')}
          </Group>
        </Anchor>
        {state.form !== null && (
          <Button size="xs" leftSection={<IconTextPlus size={16} />} title={w('insertHint')} onMouseDown={(event) => event.preventDefault()} onClick={insert} data-testid="article-insert">
            {w(done ? 'inserted' : 'insert')}
          </Button>
        )}
      </Group>
      <Title order={3} fz="md">
        {article.title}
      </Title>
      <ScrollArea.Autosize mah={380} viewportRef={box} viewportProps={{ tabIndex: 0, 'aria-label': article.title, role: 'group' }}>
        <ArticleBody body={article.body} />
      </ScrollArea.Autosize>
    </Stack>
  )
}
