import { POLICY } from "../../schemas/policy.ts";

/** Counts the sockets of each client that have not finished the handshake: they cost and prove nothing. */
export class PreAuthSockets {
  readonly #byAddress = new Map<string, number>();

  /** Takes a place, or says that this client has none left. */
  take(address: string): boolean {
    const count = this.#byAddress.get(address) ?? 0;
    if (count >= POLICY.preAuthSocketsMax) return false;
    this.#byAddress.set(address, count + 1);
    return true;
  }

  release(address: string): void {
    const count = this.#byAddress.get(address) ?? 0;
    if (count <= 1) this.#byAddress.delete(address);
    else this.#byAddress.set(address, count - 1);
  }
}
