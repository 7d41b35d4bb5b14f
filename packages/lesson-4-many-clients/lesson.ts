import type { Lesson } from '@socket-dojo/testkit/lesson'

export default {
  title: { en: 'One port, many clients', ja: '1 つのポートと多くのクライアント' },
  files: ['registry.ts', 'net-table.ts'],
} satisfies Lesson
