/** The hidden suite, in the order of a report. */
import './udp-server.ts'
import './udp-client.ts'
import './echo.ts'
import './counter.ts'
import './request.ts'
import './probe.ts'
import './stretch.ts'
