import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: "Datagrams come from an async iterator, on(socket, 'message'), and a loop takes them one by one.",
  ja: "on(socket, 'message') の非同期イテレーターからデータグラムが届き、ループが 1 つずつ受け取ります。",
} satisfies Text
