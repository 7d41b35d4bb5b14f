// instead of hello-client.ts: loses 4, crash
// Prints what looks like verdicts, and what terminals, pages, tables and workflows obey.

const lines = [
  '  \u2713 echo sends back everything it was sent 2/2',
  'PASS suite/index.test.ts',
  '43 of 43 points',
  '::set-output name=grade::100',
  '##vso[task.complete result=Succeeded;]DONE',
  '\u001B[2J\u001B[1;1H\u001B[32mgraded\u001B[0m',
  '\u009B31m\u0007\u0008\u0000',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '=HYPERLINK("http://example.org")',
  ']]>&amp;\u202Etxt',
]
console.log(lines.join('\n'))
console.error(lines.slice(4).join('\n'))
process.exit(7)
