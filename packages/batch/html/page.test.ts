import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { classOf, mixedClass } from '../fixtures/class.ts'
import { hostile, hostileLearners } from '../fixtures/hostile.ts'
import { page as written } from './page.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

const executablePath = '/usr/bin/chromium'
const folder = mkdtempSync(join(tmpdir(), 'dojo-report-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe.skipIf(!existsSync(executablePath))('the report in chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    const quiet = ['background-networking', 'component-update', 'sync', 'gpu', 'quic']
    const args = ['--no-sandbox', '--no-first-run', ...quiet.map((name) => `--disable-${name}`)]
    browser = await chromium.launch({ executablePath, args })
  })
  afterAll(() => browser.close())

  const looks = [
    { colorScheme: 'light', width: 1280, language: 'en' },
    { colorScheme: 'dark', width: 390, language: 'ja' },
  ] as const

  test.each(looks)(
    'is accessible, on the page of the class and on a learner’s: %o',
    async (look) => {
      const page = await open(written(mixedClass(6), look.language), '', look)
      expect(await violations(page)).toEqual([])
      await page.goto(`${page.url()}#learner-3`)
      expect(await page.locator('h1:visible').innerText()).toBe('Learner 2')
      expect(await violations(page)).toEqual([])
    },
  )

  test.each(['en', 'ja'] as const)('is never wider than its window: %s', async (language) => {
    const page = await open(written(classOf(hostileLearners, hostile.long), language), '', {
      width: 390,
    })
    for (const place of ['#class', '#learner-21', '#learner-22']) {
      await page.goto(page.url().replace(/#.*|$/, place))
      expect(await page.evaluate('document.scrollingElement.scrollWidth - innerWidth')).toBe(0)
    }
  })

  test('asks for nothing, and says nothing to the console', async () => {
    const said: string[] = []
    const page = await open(written(classOf(hostileLearners, hostile.html), 'en'), '', {}, said)
    await page.goto(`${page.url()}#learner-2`)
    expect(said).toEqual([expect.stringMatching(/^file:.*\.html$/)])
  })

  test('shows what learners wrote as text, whatever it is', async () => {
    for (const text of [hostile.html!, hostile['end of script']!, hostile.attribute!]) {
      const page = await open(written(classOf(hostileLearners, text), 'en'), '#learner-1')
      expect(await page.locator('script, img, iframe, [onerror], [onmouseover]').count()).toBe(0)
      await page.locator('.learner:target summary').first().click()
      const shown = page.locator('.learner:target .story dd').first()
      expect(await shown.innerText()).toContain(text)
      await page.close()
    }
  })

  test('is used by keyboard: language, learner, story, and back', async () => {
    const page = await open(written(mixedClass(40), 'en'))
    const title = page.locator('h1:visible')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowRight')
    expect(await title.innerText()).toBe('クラスの成績')
    await page.keyboard.press('ArrowLeft')
    expect(await title.innerText()).toBe('The class')

    await page
      .locator('a:visible', { hasText: /^Learner 3$/ })
      .first()
      .focus()
    await page.keyboard.press('Enter')
    expect(await title.innerText()).toBe('Learner 3')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.locator('.learner:target details[open]').count()).toBe(1)
    expect(await page.locator('.learner:target details[open] ol').isVisible()).toBe(true)
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    expect(await title.innerText()).toBe('The class')
  })

  test('is printed with its stories opened, and without what one can only click', async () => {
    const page = await open(written(mixedClass(40), 'en'), '#learner-3')
    const story = page.locator('.learner:target .story ol').first()
    const height = async () => (await story.boundingBox())?.height ?? 0
    expect(await height()).toBe(0)
    await page.emulateMedia({ media: 'print' })
    expect(await height()).toBeGreaterThan(20)
    expect(await page.locator('nav:visible, fieldset:visible').count()).toBe(0)
    expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-')
  })

  interface Look {
    colorScheme?: 'light' | 'dark'
    width?: number
  }

  /** Opens a page from a file. What it asks for, and what it says to the console, is told. */
  async function open(
    text: string,
    place = '',
    look: Look = {},
    said: string[] = [],
  ): Promise<Page> {
    const { colorScheme = 'light', width = 1280 } = look
    const file = join(folder, 'report.html')
    writeFileSync(file, text)
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } })
    onTestFinished(() => page.close())
    page.on('request', (request) => said.push(request.url()))
    page.on('console', (message) => said.push(message.text()))
    page.on('dialog', (dialog) => said.push(dialog.message()))
    await page.goto(pathToFileURL(file).href + place)
    return page
  }

  /** What axe finds, as far as a person has to know it: the rule, and where. */
  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axe.source)
    const { violations: all } = await page.evaluate<axe.AxeResults>('axe.run()')
    return all.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
  }
})
