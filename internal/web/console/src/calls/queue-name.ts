/** Most queues are called as their group. */
export function isGroup(queue: string): queue is 'procedure' | 'emergency' | 'field' {
  return queue === 'procedure' || queue === 'emergency' || queue === 'field'
}
