/** The hidden suite, in the order of a report. */
import './registry.ts'
import './registry-ends.ts'
import './registry-crowd.ts'
import './net-table.ts'
import './net-table-live.ts'
import './stretch.ts'
