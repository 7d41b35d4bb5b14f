import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * An address that no machine has: it is for documentation (RFC 5737), and listen(2) fails there with EADDRNOTAVAIL.
 * Undefined on a machine that is set up to listen on it all the same (`ip_nonlocal_bind` of ip(7)).
 */
export async function foreignHost(): Promise<string | undefined> {
  const server = createServer().listen(0, host)
  try {
    await once(server, 'listening')
    server.close()
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EADDRNOTAVAIL' ? host : undefined
  }
}

const host = '192.0.2.1'
