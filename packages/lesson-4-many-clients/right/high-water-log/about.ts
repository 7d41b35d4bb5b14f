import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'Notes in a file how many sessions there have been at most. Asynchronous file access starts the pool of threads of libuv: once, and not for each client.',
  ja: 'これまでの最大セッション数をファイルに記録します。非同期のファイルアクセスで libuv のスレッドプールが動き始めますが、1 度だけで、クライアントごとではありません。',
} satisfies Text
