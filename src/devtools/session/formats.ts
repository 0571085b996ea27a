import type { Session } from './session-file.ts'

interface Format {
  readonly label: string
  /** File extension, which follows the plan name. */
  readonly extension: string
  readonly type: string
  readonly test?: boolean
}

/** Formats of a session. Their code is in writers.ts, which loads later. */
const formats = {
  json: {
    label: 'Session (JSON)',
    extension: 'session.json',
    type: 'application/json',
  },
  ticket: {
    label: 'Ticket (Markdown)',
    extension: 'md',
    type: 'text/markdown',
  },
  report: {
    label: 'QA report (HTML)',
    extension: 'html',
    type: 'text/html',
  },
  csv: {
    label: 'Table (CSV)',
    extension: 'csv',
    type: 'text/csv',
  },
  har: {
    label: 'Requests (HAR)',
    extension: 'har',
    type: 'application/json',
  },
  curl: {
    label: 'Requests (cURL)',
    extension: 'sh',
    type: 'text/x-shellscript',
  },
  vitest: {
    label: 'Test (Vitest)',
    extension: 'test.ts',
    type: 'text/typescript',
    test: true,
  },
  playwright: {
    label: 'Test (Playwright)',
    extension: 'spec.ts',
    type: 'text/typescript',
    test: true,
  },
  storybook: {
    label: 'Test (Storybook play)',
    extension: 'play.ts',
    type: 'text/typescript',
    test: true,
  },
} satisfies Readonly<Record<string, Format>>

export type FormatName = keyof typeof formats
export const formatNames = Object.keys(formats) as readonly FormatName[]
export const formatOf = (name: FormatName): Format => formats[name]

/** Returns a file name such as `acme-3-20260101T000000.session.json`. */
export function fileName(
  { plan, made }: Pick<Session, 'plan' | 'made'>,
  { extension }: Pick<Format, 'extension'>,
): string {
  const stamp = new Date(made).toISOString().replace(/[-:]|\.\d+Z/g, '')
  return `${`${plan.name}-${plan.version}`.replace(/[^\w.-]+/g, '-')}-${stamp}.${extension}`
}
