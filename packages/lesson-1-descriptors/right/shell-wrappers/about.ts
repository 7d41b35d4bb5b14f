import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'A shell starts each stage: it moves the ends of the pipes to 0 and 1, closes them where they were, and becomes the command.',
  ja: '各ステージをシェルが起動します。シェルはパイプの端を 0 と 1 に移し、元のものを閉じてから、コマンドに置き換わります。',
} satisfies Text
