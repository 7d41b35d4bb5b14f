/**
 * A listing that can be scrolled is a region of its page, so it has a name of its own: its title, else its first line,
 * with a number where another has the same. It can be reached by the keyboard from the beginning, and not only when a
 * script has measured it.
 */
const named = {
  name: 'named',
  count: {},
  hooks: {
    postprocessRenderedBlock({ codeBlock, renderData }) {
      const title = codeBlock.props.title || codeBlock.code.trim().split('\n')[0]
      const count = (named.count[title] = (named.count[title] ?? 0) + 1)
      const name = count > 1 ? `${title} (${count})` : title
      for (const pre of descendants(renderData.blockAst, 'pre'))
        Object.assign(pre.properties, { ariaLabel: name, tabIndex: 0 })
    },
  },
}

function descendants(node, tagName) {
  const below = (node.children ?? []).flatMap((child) => descendants(child, tagName))
  return node.tagName === tagName ? [node, ...below] : below
}

export default { plugins: [named] }
