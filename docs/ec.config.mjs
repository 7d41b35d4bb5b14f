/** A listing that can be scrolled is a region of its page, so it has a name: its title, else its first line. */
const named = {
  name: 'named',
  hooks: {
    postprocessRenderedBlock({ codeBlock, renderData }) {
      const name = codeBlock.props.title || codeBlock.code.trim().split('\n')[0]
      for (const pre of descendants(renderData.blockAst, 'pre')) pre.properties.ariaLabel = name
    },
  },
}

function descendants(node, tagName) {
  const below = (node.children ?? []).flatMap((child) => descendants(child, tagName))
  return node.tagName === tagName ? [node, ...below] : below
}

export default { plugins: [named] }
