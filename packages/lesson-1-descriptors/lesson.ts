import type { Lesson } from '@socket-dojo/testkit/lesson'

export default {
  title: { en: 'File descriptors and pipes', ja: 'ファイルディスクリプタとパイプ' },
  files: ['fd-table.ts', 'pipeline.ts'],
  packages: ['@socket-dojo/posix'],
  commands: true,
} satisfies Lesson
