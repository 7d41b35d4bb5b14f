import type { Lesson } from '@socket-dojo/testkit/lesson'

export default {
  title: { en: 'TCP server and client', ja: 'TCP サーバーとクライアント' },
  files: ['hello-server.ts', 'hello-client.ts', 'echo.ts', 'exchange.ts'],
} satisfies Lesson
