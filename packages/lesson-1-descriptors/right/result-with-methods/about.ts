import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'The result is an object of a class: it has a method besides, and tells statuses and signals by getters.',
  ja: '結果はクラスのインスタンスです。メソッドも持ち、statuses と signals は getter が返します。',
} satisfies Text
