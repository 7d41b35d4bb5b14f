import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { chooseProfile, isInstalled } from '@socket-dojo/sandbox'
import { same, type Text } from '@socket-dojo/testkit/text'
import { root } from '../lessons.ts'

/** One thing that this machine has or lacks. */
export interface Finding {
  name: Text
  has: boolean
  /** Whether the course cannot do without it. */
  needed: boolean
  /** What it is for. */
  purpose: Text
  /** What was found, where that is not simply there or missing. */
  detail?: Text
  /** The commands that have to be installed to have it. */
  tools?: string[]
}

/** Looks at everything that the course uses of this machine. */
export async function examine(): Promise<Finding[]> {
  const linux = process.platform === 'linux'
  return [
    node(),
    await loopback('127.0.0.1', true),
    await loopback('::1', false),
    await examplePort(),
    ...tools.map(tool),
    ...(linux ? [proc(), ...linuxTools.map(tool), await sandbox()] : []),
  ]
}

/** A tool by its command, and what it is for. */
type Tool = [command: string, purpose: Text]

const tools: Tool[] = [
  [
    'nc',
    {
      en: 'talks to your programs by hand; the reports show how',
      ja: 'プログラムと手動でやり取りする（レポートの「試す」で使う）',
    },
  ],
  [
    'socat',
    {
      en: 'talks over UDP, and over TCP from a port that you choose',
      ja: 'UDP や、送信元のポートを選んだ TCP でやり取りする',
    },
  ],
]

/** Tools that every Linux course machine should have; `tools` besides are for every system. */
const linuxTools: Tool[] = [
  [
    'strace',
    {
      en: 'pnpm dojo trace: the system calls of your program',
      ja: 'pnpm dojo trace（プログラムのシステムコールを表示）',
    },
  ],
  [
    'ss',
    {
      en: 'shows the sockets of this machine; the reports use it',
      ja: 'このマシンのソケットを表示する（レポートの「試す」で使う）',
    },
  ],
]

/** What doctor asks for on Linux, by its commands. */
export const everyLinuxTool = [...tools, ...linuxTools].map(([name]) => name).concat('bwrap')

function tool([command, purpose]: Tool): Finding {
  const installed = isInstalled(command)
  const other = installed && command === 'nc' && process.platform === 'linux' && !isOpenBsdNc()
  const finding = { name: same(command), needed: false, purpose, tools: [command] }
  if (!other) return { ...finding, has: installed }
  const detail = {
    en: 'this nc does not know -N, which the reports use',
    ja: 'この nc にはレポートで使う -N オプションがありません',
  }
  return { ...finding, has: false, detail }
}

function isOpenBsdNc(): boolean {
  const { stdout, stderr } = spawnSync('nc', ['-h'], { encoding: 'utf8', timeout: 5000 })
  return /-N\b/.test(stdout + stderr) || /\[-[A-Za-z0-9]*N/.test(stdout + stderr)
}

function node(): Finding {
  const wanted = wantedNode()
  const found = process.versions.node
  const has = found.split('.')[0] === wanted.split('.')[0]
  return {
    name: same(`Node ${found}`),
    has,
    needed: true,
    purpose: { en: 'runs the course and your programs', ja: 'コースとプログラムを動かす' },
    ...(!has && {
      detail: {
        en: `expected Node ${wanted}, which the course brings: start commands with pnpm`,
        ja: `コースに付属する Node ${wanted} が必要です。pnpm から実行してください`,
      },
    }),
  }
}

/** The version in `pnpm-workspace.yaml`. */
function wantedNode(): string {
  const workspace = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
  return /^ {2}node: (\S+)$/m.exec(workspace)?.[1] ?? ''
}

/** Whether TCP and UDP get through: in a namespace without a working loopback one can listen, and nobody can come. */
async function loopback(address: string, needed: boolean): Promise<Finding> {
  return {
    name: same(address),
    has: (await tcpArrives(address)) && (await udpArrives(address)),
    needed,
    purpose: needed
      ? { en: 'your programs talk there, TCP and UDP', ja: 'プログラムが TCP と UDP で通信する' }
      : { en: 'the same over IPv6', ja: '同じことを IPv6 で行う' },
  }
}

async function tcpArrives(host: string): Promise<boolean> {
  const server = createServer((socket) => socket.destroy())
  try {
    await once(server.listen({ host, port: 0 }), 'listening')
    const client = connect((server.address() as AddressInfo).port, host)
    await once(client, 'close', { signal: AbortSignal.timeout(patience) })
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}

async function udpArrives(address: string): Promise<boolean> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
  try {
    await once(socket.bind(0, address), 'listening')
    socket.send('hi', socket.address().port, address)
    await once(socket, 'message', { signal: AbortSignal.timeout(patience) })
    return true
  } catch {
    return false
  } finally {
    socket.close()
  }
}

/** In milliseconds; nothing on the loopback takes long. */
const patience = 3000

async function examplePort(): Promise<Finding> {
  const has = await canListen('127.0.0.1', 43211)
  return {
    name: { en: 'port 43211', ja: 'ポート 43211' },
    has,
    needed: false,
    purpose: {
      en: 'the port of all examples; any other will do',
      ja: '例で使うポート（ほかのポートでもかまわない）',
    },
    ...(!has && {
      detail: {
        en: 'taken: ss -tlnp "sport = 43211" says by whom',
        ja: '使用中（ss -tlnp "sport = 43211" で誰が使っているかわかる）',
      },
    }),
  }
}

async function canListen(host: string, port: number): Promise<boolean> {
  const server = createServer()
  try {
    await once(server.listen({ host, port }), 'listening')
    server.close()
    return true
  } catch {
    return false
  }
}

function proc(): Finding {
  return {
    name: same('/proc/net/tcp'),
    has: existsSync('/proc/net/tcp'),
    needed: false,
    purpose: {
      en: 'pnpm dojo sockets, and lessons 1 and 4: what the kernel has',
      ja: 'pnpm dojo sockets と第 1 課・第 4 課（カーネルの状態を読む）',
    },
  }
}

/** bubblewrap with user namespaces, tried as a grading uses them. */
async function sandbox(): Promise<Finding> {
  const { profile, reason } = await chooseProfile('auto')
  const installed = isInstalled('bwrap')
  return {
    name: same('bubblewrap'),
    has: profile === 'bwrap',
    needed: false,
    purpose: {
      en: 'judges your programs in a network and a file system of their own',
      ja: 'プログラムを専用のネットワークとファイルシステムの中で採点する',
    },
    ...(installed ? {} : { tools: ['bwrap'] }),
    ...(installed &&
      reason !== undefined && {
        detail: {
          en: `installed, but does not work: ${reason}. Are user namespaces allowed? (sysctl kernel.apparmor_restrict_unprivileged_userns, user.max_user_namespaces)`,
          ja: `インストール済みですが動きません: ${reason}。ユーザー名前空間が許可されているか確かめてください（sysctl kernel.apparmor_restrict_unprivileged_userns、user.max_user_namespaces）`,
        },
      }),
  }
}
