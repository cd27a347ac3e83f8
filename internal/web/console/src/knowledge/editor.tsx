import { Alert, Button, Grid, Group, Paper, Select, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { api, put, wordsOf } from '../api/client'
import type { Article, ArticleStatus, Field, Group as CallGroup, Words } from '../api/types'
import { useText } from '../text/language'
import { useWords } from '../text/words'
import { ArticleBody } from './body'
import { words } from './words'

/** What an editor writes; id is empty for a new article. */
export type Written = Pick<Article, 'id' | 'version' | 'title' | 'body' | 'group' | 'field' | 'status'>

export const blank: Written = { id: '', version: 0, title: '', body: '', group: 'procedure', field: '', status: 'draft' }

const groups: CallGroup[] = ['procedure', 'emergency', 'field']
const statuses: ArticleStatus[] = ['draft', 'published', 'withdrawn']

interface Props {
  from: Written
  fields: Field[]
  onSaved: (article: Article) => void
  onClose: () => void
}

/** The editor with the preview beside it: what is typed is seen as agents will read it. */
export function ArticleEditor({ from, fields, onSaved, onClose }: Props) {
  const { w, pick } = useWords(words)
  const { t } = useText()
  const [article, setArticle] = useState<Written>(from)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Words | null>(null)
  const change = (to: Partial<Written>) => setArticle((was) => ({ ...was, ...to }))

  const save = async () => {
    setBusy(true)
    setProblem(null)
    const { id, version, title, body, group, field, status } = article
    const form = { version, title, body, group, field, status }
    try {
      onSaved(id === '' ? await api<Article>('POST', '/articles', form) : await put<Article>(`/articles/${id}`, form))
    } catch (error) {
      setProblem(wordsOf(error))
      setBusy(false)
    }
  }
  return (
    <Paper data-testid="article-editor">
      <Stack>
        <TextInput label={w('heading')} maxLength={200} value={article.title} onChange={(event) => change({ title: event.currentTarget.value })} data-testid="article-title" />
        <Group grow>
          <Select label={t('group')} allowDeselect={false} data={groups.map((value) => ({ value, label: t(value) }))} value={article.group} onChange={(group) => group !== null && change({ group, field: '' })} />
          <Select
            label={w('field')}
            placeholder={w('noField')}
            clearable
            data={fields.filter((f) => f.group === article.group).map((f) => ({ value: f.key, label: pick(f) }))}
            value={article.field || null}
            onChange={(field) => change({ field: field ?? '' })}
          />
          <Select label={w('status')} allowDeselect={false} data={statuses.map((value) => ({ value, label: w(value) }))} value={article.status} onChange={(status) => status !== null && change({ status })} data-testid="article-status" />
        </Group>
        <Grid>
          <Grid.Col span={6}>
            <Textarea label={w('body')} description={w('bodyHint')} autosize minRows={14} maxRows={24} value={article.body} onChange={(event) => change({ body: event.currentTarget.value })} data-testid="article-text" />
          </Grid.Col>
          <Grid.Col span={6}>
            <Text size="sm" fw={500}>
              {w('preview')}
            </Text>
            <Paper p="md" mt={4} bg="gray.0" data-testid="article-preview">
              <Title order={3} fz="lg" mb="xs">
                {article.title}
              </Title>
              <ArticleBody body={article.body} />
            </Paper>
          </Grid.Col>
        </Grid>
        {problem !== null && (
          <Alert color="red" role="alert" data-testid="article-problem">
            {pick(problem)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {w('cancel')}
          </Button>
          <Button loading={busy} onClick={() => void save()} data-testid="article-save">
            {w('save')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}
