import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'A refusal ends a request only after its last attempt: the server may be just starting. The echo server may send to broadcast addresses.',
  ja: '拒否されても、最後の試みまではリクエストを終えません。サーバーが起動中かもしれないからです。エコーサーバーはブロードキャストアドレスにも送れます。',
} satisfies Text
