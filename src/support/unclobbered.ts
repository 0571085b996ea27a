/**
 * Reads a property from the prototype of a node. A form's controls replace its properties and methods of the same name:
 * with `<input name="id">`, `form.id` is the control (https://html.spec.whatwg.org/#the-form-element).
 */
export function own<N extends object, K extends keyof N>(node: N, name: K): N[K] {
  return Reflect.get(Object.getPrototypeOf(node), name, node)
}

type Method<N, K extends keyof N> = N[K] extends (...given: never[]) => unknown ? N[K] : never

/** Calls a method of a node, even if one of its controls has the same name. */
export function ask<N extends object, K extends keyof N>(
  node: N,
  name: K,
  ...given: Parameters<Method<N, K>>
): ReturnType<Method<N, K>> {
  return (own(node, name) as (...given: unknown[]) => ReturnType<Method<N, K>>).apply(node, given)
}
