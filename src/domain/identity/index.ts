/** The gateway's own Ed25519 device identity, made once and kept in the state folder. */
export interface GatewayIdentity {
  /** sha256 hex of the raw public key. */
  readonly deviceId: string;
  /** base64url of the raw 32 byte public key. */
  readonly publicKey: string;
}
