import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'A session is an object that knows its socket and its room; the commands are a table.',
  ja: 'セッションは自分のソケットと、自分が入っている Room を知るオブジェクトで、コマンドは表になっています。',
} satisfies Text
