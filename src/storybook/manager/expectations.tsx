import { useTheme } from 'storybook/theming'
import type { ExpectationResult } from '../expected.ts'

// Storybook's own red has too little contrast in its dark theme.
const onLight = { passed: '#2f6b14', failed: '#b02a00' }
const onDark = { passed: '#8fd06a', failed: '#ff9475' }

/** Lists the expectations of the story, failed ones with the judge's message. */
export function Expectations({ results }: { readonly results: readonly ExpectationResult[] }) {
  const { base } = useTheme()
  const colors = base === 'dark' ? onDark : onLight
  if (results.length === 0) return null
  return (
    <ul
      aria-label="Expectations"
      style={{ margin: 0, padding: '6px 10px', listStyle: 'none', maxBlockSize: '40%', overflow: 'auto' }}
    >
      {results.map(({ expected, pass, message }, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: expectations have a place, and no name of their own
          key={index}
          style={{ whiteSpace: 'pre-wrap', color: pass ? colors.passed : colors.failed }}
        >
          {pass ? `✓ ${wordsOf(expected)}` : `✖ ${message}`}
        </li>
      ))}
    </ul>
  )
}

function wordsOf({ event, properties, outcome, reason, times }: ExpectationResult['expected']): string {
  const given = properties && Object.keys(properties).length > 0 ? ` ${JSON.stringify(properties)}` : ''
  const ended = outcome ?? (reason ? '' : 'fired')
  return [`${event}${given}`, ended, reason, times !== undefined && `${times} ×`].filter(Boolean).join(' ')
}
