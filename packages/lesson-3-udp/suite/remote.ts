import { type Address, type Kit, type RemoteObject, same } from '@socket-dojo/testkit'

/** Where something of the submission says that it receives. */
export async function addressOf(kit: Kit, server: RemoteObject): Promise<Address> {
  const value = (await server.get('address')) as { address?: unknown; port?: unknown } | undefined
  const { address, port } = value ?? {}
  if (typeof address !== 'string' || typeof port !== 'number') {
    kit.fail({
      en: 'address is not what socket.address() returns of a UDP socket',
      ja: 'address が UDP ソケットの socket.address() の値ではありません',
    })
  }
  kit.knows(port as number)
  return { host: address as string, port: port as number }
}

/** Asks a method until its answer is the expected one, or the time is over; returns the last answer. */
export async function eventually(
  kit: Kit,
  object: RemoteObject,
  method: string,
  expected: unknown,
): Promise<unknown> {
  let answer = await object.peek(method)
  for (let asked = 1; answer !== expected && asked < 50; asked++) {
    await new Promise((resolve) => setTimeout(resolve, 10))
    answer = await object.peek(method)
  }
  kit.transcript.add('call', same(`${method}()`))
  return answer
}
