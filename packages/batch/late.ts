import type { Late } from './result.ts'

/** When submissions were due, and what it costs to be late. */
export interface Deadline {
  time: Date
  /** Part of the earned points, from 0 to 1. */
  discount: number
  /** For each day begun, instead of once. */
  daily: boolean
}

/** How late a submission of this time is; undefined where it is in time. */
export function lateness(time: string, { time: due, discount, daily }: Deadline): Late | undefined {
  const seconds = Math.ceil((Date.parse(time) - due.getTime()) / 1000)
  if (seconds <= 0) return undefined
  const days = daily ? Math.ceil(seconds / 86_400) : 1
  const whole = Math.round(Math.min(1, days * discount) * 10_000) / 10_000
  return { deadline: due.toISOString(), seconds, discount: whole }
}

/** Reads `10%` or `10%/day`; undefined where it is neither. */
export function parseDiscount(text: string): Pick<Deadline, 'discount' | 'daily'> | undefined {
  const [, percent, day] = /^(\d+(?:\.\d+)?)%(\/day)?$/.exec(text) ?? []
  if (percent === undefined || Number(percent) > 100) return undefined
  return { discount: Number(percent) / 100, daily: day !== undefined }
}
