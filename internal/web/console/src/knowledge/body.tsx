import { List, Text, Title } from '@mantine/core'
import { partsOf } from './parts'

/** An article's text, as it is read. */
export function ArticleBody({ body }: { body: string }) {
  return (
    <div data-testid="article-body">
      {partsOf(body).map((part, i) => {
        switch (part.kind) {
          case 'heading':
            return (
              <Title key={i} order={4} fz="md" mt="sm" mb={4}>
                {part.text}
              </Title>
            )
          case 'list':
            return (
              <List key={i} size="sm" spacing={2} withPadding={false} mb={4} pr="xs">
                {part.items.map((item, n) => (
                  <List.Item key={n}>{item}</List.Item>
                ))}
              </List>
            )
          case 'text':
            return (
              <Text key={i} size="sm" mb={4}>
                {part.text}
              </Text>
            )
        }
      })}
    </div>
  )
}
