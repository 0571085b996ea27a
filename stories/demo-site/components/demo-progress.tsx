/** The way to a demo: two steps of a form, and the scheduler of another service. */
export const demoStages = ['Your company', 'What you need', 'A time for the call'] as const

export function DemoProgress({ index }: { readonly index: number }) {
  return (
    <ol className="progress" aria-label="Steps">
      {demoStages.map((title, position) => (
        <li
          key={title}
          className="stage"
          aria-current={position === index ? 'step' : undefined}
          data-done={position < index}
        >
          {title}
        </li>
      ))}
    </ol>
  )
}
