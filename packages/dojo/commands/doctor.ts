import { Command } from 'commander'
import { say } from '../language.ts'

/** `doctor`: what this machine has and lacks. Exit status 0 when nothing that is needed is missing. */
export function command(): Command {
  return new Command('doctor')
    .description(
      say({
        en: 'see what this machine has and lacks for the course, and how to install it',
        ja: 'コースに必要なものがそろっているか調べ、インストール方法を示す',
      }),
    )
    .action(doctor)
}

async function doctor(): Promise<void> {
  const { examine } = await import('../doctor/findings.ts')
  const { renderFindings } = await import('../doctor/render.ts')
  const findings = await examine()
  console.log(renderFindings(findings, process.stdout.columns ?? 80))
  process.exitCode = findings.some(({ has, needed }) => needed && !has) ? 1 : 0
}
