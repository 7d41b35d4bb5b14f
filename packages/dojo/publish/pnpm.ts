/**
 * The words that start pnpm: the very one that runs this command, where one does (it says so in `npm_execpath`), and
 * which asks nobody for itself; else the one that npx finds or fetches.
 */
export function pnpm(path = process.env.npm_execpath): string[] {
  if (path === undefined || !/pnpm[^/]*$/.test(path)) return ['npx', '-y', 'pnpm@12']
  return /\.[cm]?js$/.test(path) ? [process.execPath, path] : [path]
}
