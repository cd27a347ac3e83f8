import { Badge, Group } from '@mantine/core'
import type { Skill } from './types'

export function SkillBadges({ skills }: { skills: readonly Skill[] }) {
  return (
    <Group gap={4}>
      {skills.map((skill) => (
        <Badge key={skill.name} tt="none" radius="sm" variant="light" c="civic.9">
          {skill.name}
          {skill.level > 1 && ` = ${skill.level}`}
        </Badge>
      ))}
    </Group>
  )
}
