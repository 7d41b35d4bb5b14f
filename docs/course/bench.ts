import { globSync } from 'node:fs'
import { join } from 'node:path'
import build from '../build.setup.ts'
import { hasBrowser, launch } from './browser.ts'
import { serve } from './serve.ts'

/** What a reader of a page waits for, over loopback, with nothing kept from before. */
export interface PageCost {
  page: string
  /** Bytes of all answers, compressed, with their headers. */
  bytes: number
  requests: number
  /** Milliseconds until the largest paint. */
  largestPaint: number
}

export interface SiteCost {
  buildSeconds: number
  /** The pages of the lessons; empty where there is no browser. */
  pages: PageCost[]
}

/** Builds the site, and opens each page of a lesson in a browser. */
export async function measureSite(): Promise<SiteCost> {
  const started = performance.now()
  await build()
  const buildSeconds = Math.round((performance.now() - started) / 100) / 10
  return { buildSeconds, pages: hasBrowser ? await costs() : [] }
}

/** The same, for people. */
export function siteTable({ buildSeconds, pages }: SiteCost): string {
  const width = Math.max(0, ...pages.map(({ page }) => page.length))
  const line = (page: string, ...cells: (string | number)[]) =>
    page.padEnd(width) + cells.map((cell) => String(cell).padStart(18)).join('')
  return [
    `site built in ${buildSeconds} s`,
    ...(pages.length > 0
      ? [line('', 'KiB transferred', 'requests', 'largest paint ms')]
      : ['no chromium: pages not measured']),
    ...pages.map(({ page, bytes, requests, largestPaint }) =>
      line(page, (bytes / 1024).toFixed(0), requests, largestPaint),
    ),
  ].join('\n')
}

async function costs(): Promise<PageCost[]> {
  const dist = join(import.meta.dirname, '../dist')
  const [site, browser] = await Promise.all([serve(dist), launch()])
  const found: PageCost[] = []
  for (const file of globSync('*/lessons/*/index.html', { cwd: dist }).toSorted()) {
    const page = await browser.newPage()
    const sizes: Promise<number>[] = []
    page.on('requestfinished', (request) => {
      sizes.push(request.sizes().then((size) => size.responseHeadersSize + size.responseBodySize))
    })
    await page.goto(`${site.url}/${file.replace('index.html', '')}`, { waitUntil: 'networkidle' })
    const largestPaint = await page.evaluate<number>(largest)
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    found.push({
      page: file.replace('/index.html', ''),
      bytes,
      requests: sizes.length,
      largestPaint: Math.round(largestPaint),
    })
    await page.close()
  }
  await browser.close()
  site.close()
  return found
}

/** https://www.w3.org/TR/largest-contentful-paint/ */
const largest = `new Promise((resolve) =>
  new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({
    type: 'largest-contentful-paint',
    buffered: true,
  }),
)`
