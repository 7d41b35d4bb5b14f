/** The hidden suite, in the order of a report. */
import './hello-server.ts'
import './hello-client.ts'
import './echo.ts'
import './exchange.ts'
import './stretch.ts'
