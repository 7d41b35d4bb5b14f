import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'The stages meet at named pipes (FIFOs), which a shell opens for each of them: this process never holds an end of any pipe, so it has none to close.',
  ja: '各ステージは名前付きパイプ（FIFO）で出会い、それを開くのはシェルです。このプロセスはパイプの端を一度も持たないので、閉じるものもありません。',
} satisfies Text
