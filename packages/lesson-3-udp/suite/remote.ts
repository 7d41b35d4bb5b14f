import { type Address, type Kit, RemoteObject, same } from '@socket-dojo/testkit'

/** Where something of the submission says that it receives. */
export async function addressOf(kit: Kit, server: RemoteObject): Promise<Address> {
  const value = await server.get('address')
  const [address, port] = await Promise.all([part(value, 'address'), part(value, 'port')])
  if (typeof address !== 'string' || typeof port !== 'number')
    return kit.fail(noAddress, noAddressAdvice)
  kit.knows(port)
  return { host: address, port }
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

/** A property of a plain object, or of one with methods, which has stayed where it is. */
async function part(value: unknown, name: 'address' | 'port'): Promise<unknown> {
  if (value instanceof RemoteObject) return value.get(name)
  return (value as Partial<Record<typeof name, unknown>> | null | undefined)?.[name]
}

const noAddress = {
  en: 'address is not what socket.address() returns of a UDP socket',
  ja: 'address が UDP ソケットの socket.address() の値ではありません',
}

const noAddressAdvice = {
  why: {
    en: 'whoever starts it reads there where to send: an object whose address is a string, and whose port is a number',
    ja: '起動した側は、そこから送り先を知ります。address が文字列、port が数値のオブジェクトです',
  },
  next: {
    en: 'look at what you return as address, and at whether the socket was bound by then',
    ja: 'address として何を返しているか、そのときソケットがバインド済みかを見てください',
  },
}
