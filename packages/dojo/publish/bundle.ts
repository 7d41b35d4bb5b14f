import { rolldown } from 'rolldown'
import { heldOutLeftOut } from './held-out.ts'

/**
 * One TypeScript file with all that it imports of its own folder as one JavaScript file: minified, without comments and
 * source map. Checks that are held out are not in it. What it imports from packages or from the submission, it still does.
 * @throws where a held-out check is declared in a way that cannot be found, or where another rests on it.
 */
export async function bundle(file: string): Promise<string> {
  const heldOut = heldOutLeftOut()
  const build = await rolldown({
    input: file,
    external: [/^node:/, /^[@a-z]/, /^\.\.\/submission\//],
    platform: 'node',
    plugins: [heldOut.plugin],
  })
  const { output } = await build.generate({
    format: 'esm',
    minify: true,
    comments: false,
    sourcemap: false,
  })
  await build.close()
  const code = output[0].code
  heldOut.verify(code)
  return code
}
