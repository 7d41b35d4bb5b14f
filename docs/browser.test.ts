import { globSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasBrowser, launch } from './course/browser.ts'
import { type Served, serve } from './course/serve.ts'

const dist = join(import.meta.dirname, 'dist')
const pages = globSync('{en,ja}/**/index.html', { cwd: dist })
  .map((page) => `/${page.replace('index.html', '')}`)
  .toSorted()
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

describe.skipIf(!hasBrowser)('in Chromium', () => {
  let site: Served
  let browser: Browser

  beforeAll(async () => {
    ;[site, browser] = await Promise.all([serve(dist), launch()])
  })
  afterAll(async () => {
    await browser?.close()
    site?.close()
  })

  async function open(path: string, options: Parameters<Browser['newPage']>[0] = {}) {
    const page = await browser.newPage(options)
    const problems: string[] = []
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith(site.url)) problems.push(`request to ${request.url()}`)
    })
    await page.goto(site.url + path)
    return { page, problems }
  }

  test.each(pages)(
    '%s: no errors, no other host, no violation of axe, no scrolling aside',
    async (path) => {
      const { page, problems } = await open(path, {
        viewport: { width: 360, height: 740 },
        reducedMotion: 'reduce',
      })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
      // The pages of the languages are twins: each is looked at in one theme, so that each page is seen in both.
      await page.emulateMedia({ colorScheme: path.startsWith('/en/') ? 'light' : 'dark' })
      await page.addScriptTag({ path: axe })
      expect(await violations(page)).toEqual([])
      expect(problems).toEqual([])
      await page.close()
    },
  )

  test('a drawing is stepped through by the keyboard', async () => {
    const { page, problems } = await open('/en/lessons/lesson-2-tcp-server/')
    const drawing = page.locator('step-through')
    await drawing.focus()
    expect(await shown(page)).toEqual([1])
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await shown(page)).toEqual([3])
    await page.keyboard.press('ArrowLeft')
    expect(await shown(page)).toEqual([2])
    for (let key = 0; key < 20; key++) await page.keyboard.press('ArrowRight')
    expect(await shown(page)).toEqual([10])
    expect(problems).toEqual([])
    await page.close()
  })

  test('a drawing is stepped through by the pointer, on a phone', async () => {
    const { page } = await open('/ja/lessons/lesson-1-descriptors/', {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
    })
    const [back, next] = [
      page.getByRole('button', { name: '前へ' }),
      page.getByRole('button', { name: '次へ' }),
    ]
    expect(await back.isDisabled()).toBe(true)
    await next.tap()
    await next.tap()
    expect(await shown(page)).toEqual([3])
    await back.tap()
    expect(await shown(page)).toEqual([2])
    await page.close()
  })

  test.each(['en', 'ja'])('a lesson in %s is read without script', async (language) => {
    const { page } = await open(`/${language}/lessons/lesson-2-tcp-server/`, {
      javaScriptEnabled: false,
    })
    expect(await page.locator('step-through li:visible').count()).toBe(10)
    expect(await page.locator('step-through nav:visible').count()).toBe(0)
    const answer = page.locator('.experiment details').last()
    await answer.locator('summary').click()
    expect(await answer.innerText()).toContain('allowHalfOpen: true   the client gets "abc"')
    await page.close()
  })

  test('the other language is one choice away', async () => {
    const { page } = await open('/en/lessons/lesson-4-many-clients/')
    await page.locator('starlight-lang-select select').first().selectOption({ label: '日本語' })
    await page.waitForURL('**/ja/lessons/lesson-4-many-clients/')
    expect(await page.locator('html').getAttribute('lang')).toBe('ja')
    await page.close()
  })
})

/** The numbers of the steps that can be seen. */
async function shown(page: Page): Promise<number[]> {
  const steps = page.locator('step-through > ol > li')
  const seen = await steps.evaluateAll((all) => all.map((step) => step.checkVisibility()))
  return seen.flatMap((visible, index) => (visible ? index + 1 : []))
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await page.evaluate<AxeResults>(
    "axe.run(document, { resultTypes: ['violations'], iframes: false })",
  )
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  )
}
