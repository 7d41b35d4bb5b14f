/** The hidden suite, in the order of a report. */
import './fd-table.ts'
import './basics.ts'
import './pipes.ts'
import './streams.ts'
import './harm.ts'
import './stretch.ts'
