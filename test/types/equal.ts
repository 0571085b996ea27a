type Same<T> = <U>() => U extends T ? 1 : 2

/** `const same: Equal<A, B> = true` compiles only if the compiler takes them for one type. */
export type Equal<A, B> = Same<A> extends Same<B> ? (Same<B> extends Same<A> ? true : false) : false
