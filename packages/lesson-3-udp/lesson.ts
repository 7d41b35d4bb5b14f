import type { Lesson } from '@socket-dojo/testkit/lesson'

export default {
  title: { en: 'UDP', ja: 'UDP' },
  files: ['udp-server.ts', 'udp-client.ts', 'echo.ts', 'counter.ts', 'request.ts', 'probe.ts'],
} satisfies Lesson
