import { isInstalled } from '@socket-dojo/sandbox'

/** A package manager by its command, and how it is told to install. */
const managers = {
  'apt-get': 'sudo apt-get install',
  dnf: 'sudo dnf install',
  pacman: 'sudo pacman -S',
  brew: 'brew install',
} as const

export type Manager = keyof typeof managers

/** The package that has a tool, where its name differs from one system to another. */
const packages: Record<string, Partial<Record<Manager, string>>> = {
  bwrap: { 'apt-get': 'bubblewrap', dnf: 'bubblewrap', pacman: 'bubblewrap' },
  nc: { 'apt-get': 'netcat-openbsd', dnf: 'netcat', pacman: 'openbsd-netcat', brew: 'netcat' },
  ss: { 'apt-get': 'iproute2', dnf: 'iproute', pacman: 'iproute2' },
}

/** The package manager of this machine; undefined where it is none that we know. */
export function findManager(): Manager | undefined {
  return (Object.keys(managers) as Manager[]).find((name) => isInstalled(name))
}

/** The command that installs tools, named by their commands; where we know no package manager, only their names. */
export function installCommand(tools: string[], manager = findManager()): string {
  const names = tools.map((tool) => (manager && packages[tool]?.[manager]) ?? tool)
  const all = [...new Set(names)].join(' ')
  return manager === undefined ? all : `${managers[manager]} ${all}`
}
