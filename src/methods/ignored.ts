/**
 * Names the params that a method accepts, as the reference does, and does not act on: what is listed here is what a
 * reader need not look for. It does nothing; the compiler sees to it that the names are right.
 */
export function ignored<Params extends object>(_params: Params, _names: readonly (keyof Params)[]): void {}
