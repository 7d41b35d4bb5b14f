import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'A Transform turns commands into answers, and pipe() waits for slow readers; columns are found by the headings that the kernel writes above them.',
  ja: 'Transform がコマンドを返事に変え、遅い読み手は pipe() が待ちます。列は、カーネルが書く見出しの名前で探します。',
} satisfies Text
