import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'Calls wait for one another: a queue lets one pipeline run at a time.',
  ja: '呼び出しは順番を待ちます。キューにより、一度に動くパイプラインは 1 本だけです。',
} satisfies Text
