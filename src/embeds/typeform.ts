import type { EmbeddedFormProtocol, FormSignal } from './form-signal.ts'
import { codeOf, fieldsOf, type OriginOptions, originsLike } from './protocol.ts'

const facts: Readonly<Record<string, FormSignal['fact']>> = {
  'form-started': 'start',
  'form-screen-changed': 'step',
  'form-submit': 'success',
}

/**
 * Returns the adapter of Typeform (`@typeform/embed` 6, `@typeform/embed-react` 5). It reads the messages behind
 * `onStarted`, `onQuestionChanged` and `onSubmit`, and checks their origin, which these callbacks do not. A step is
 * named by the reference of its question; no answer and no response id is read.
 *
 * @example
 * const { ref } = useEmbeddedForm({ name: 'survey', provider: typeform() })
 * return <div ref={ref}><Widget id={formId} /></div>
 */
export function typeform(options?: OriginOptions): EmbeddedFormProtocol {
  return {
    provider: 'typeform',
    trusts: originsLike(/^https:\/\/[\w-]+\.typeform\.(?:com|eu)$/, options),
    read(data) {
      const { type, ref, embedId } = fieldsOf(data)
      const fact = typeof type === 'string' && embedId !== undefined ? facts[type] : undefined
      if (!fact) return undefined
      const step = codeOf(ref)
      return fact !== 'step' ? { fact } : step ? { fact, step } : 'malformed'
    },
  }
}
