import { attempt } from './attempt.ts'

/**
 * Returns true for anything with a method `then`. `instanceof Promise` fails where a page has replaced the global
 * `Promise`, as zone.js and polyfills do: asynchronous functions still return the browser's own.
 */
export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof attempt(() => Object(value).then) === 'function'

/** Keeps the rejection of a promise that is not used from the page. */
export const ignoreRejection = (value: unknown): void => {
  if (isPromise(value)) attempt(() => value.then(undefined, () => {}))
}
