/** Paths to the errors of a form library: texts, or objects with a `type` or a `message`. Not those of the form itself. */
export function namesWithErrors(errors: object, path = ''): string[] {
  return Object.entries(errors).flatMap(([key, error]) => {
    if (!error || (!path && key === 'root')) return []
    const name = path + key
    const { type, message } = Object(error)
    if ([error, type, message].some((one) => typeof one === 'string')) return [name.replace(/\.root$/, '')]
    return namesWithErrors(error, `${name}.`)
  })
}
