/**
 * Returns the paths of the fields that have errors in a form library. An error is a string, or an object with a string
 * `type` or `message`. Errors of the form itself (`root`) are left out.
 */
export function namesWithErrors(errors: object, path = ''): string[] {
  return Object.entries(errors).flatMap(([key, error]) => {
    if (!error || (!path && key === 'root')) return []
    const name = path + key
    const { type, message } = Object(error)
    if ([error, type, message].some((one) => typeof one === 'string')) return [name.replace(/\.root$/, '')]
    return namesWithErrors(error, `${name}.`)
  })
}
