import type { Text } from '@socket-dojo/testkit/text'

/** The course, or this machine, cannot grade: nobody was judged. Never a learner's fault. */
export class BatchFault extends Error {
  override name = 'BatchFault'
  readonly text: Text

  constructor(text: Text) {
    super(text.en)
    this.text = text
  }
}
