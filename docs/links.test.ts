import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

const dist = join(import.meta.dirname, 'dist')
const pages = globSync('**/*.html', { cwd: dist }).toSorted()
const html = new Map(pages.map((page) => [page, readFileSync(join(dist, page), 'utf8')]))

describe.each(pages)('%s', (page) => {
  const text = html.get(page)!

  test('leads to pages and headings that are there', () => {
    const broken = values(text, 'href').filter((href) => !leads(page, href))
    expect(broken).toEqual([])
  })

  test('asks no other host for anything', () => {
    const loaded = [...text.matchAll(/<(?:script|img|iframe|source)\b[^>]*\bsrc="([^"]*)"/g)]
    const styles = [
      ...text.matchAll(/<link\b[^>]*\brel="(?:stylesheet|preload|icon)"[^>]*\bhref="([^"]*)"/g),
    ]
    const addresses = [...loaded, ...styles].map(([, address]) => address!)
    expect(addresses.filter((address) => /^(https?:)?\/\//.test(address))).toEqual([])
  })
})

/** Whether an address leads anywhere: to another host, which is not looked at, or to a page of the site and a heading on it. */
function leads(from: string, href: string): boolean {
  const base = new URL(`http://site/${dirname(from) === '.' ? '' : `${dirname(from)}/`}`)
  const { host, pathname, hash } = new URL(href.replaceAll('&amp;', '&'), base)
  if (host !== 'site') return true
  const path = decodeURIComponent(pathname).slice(1)
  const page = path === '' || path.endsWith('/') ? `${path}index.html` : path
  if (!existsSync(join(dist, page))) return false
  const target = html.get(page)
  return (
    hash === '' ||
    target === undefined ||
    values(target, 'id').includes(decodeURIComponent(hash.slice(1)))
  )
}

function values(text: string, attribute: string): string[] {
  return [...text.matchAll(new RegExp(`\\s${attribute}="([^"]*)"`, 'g'))].map(([, value]) => value!)
}
