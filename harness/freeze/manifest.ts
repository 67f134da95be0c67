import { areaOf, familyOf } from "./families.ts";

export type Scope =
  | "read"
  | "write"
  | "admin"
  | "approvals"
  | "pairing"
  | "talk.secrets"
  | "questions"
  | "node"
  | "none"
  | "dynamic";

export interface ManifestMethod {
  readonly name: string;
  readonly family: string;
  readonly area: string;
  /** The least scope for `{}` as a connection without any was told, `none` if it was served. */
  readonly scope: string;
  /** The scope depends on params or session; `scope` then is only the one for `{}`. */
  readonly dynamic?: true;
  readonly role: "operator" | "node";
  readonly owner: "core" | "plugin";
  /** In `hello-ok.features.methods`; hidden ones answer all the same; gone ones are only in the older contract. */
  readonly status: "advertised" | "hidden" | "gone";
  /** How the reference answers `{}` from an operator with every scope: `ok`, an error code, `skipped` or `timeout`. */
  readonly empty: string;
  /** First 16 hex digits of the SHA-256 of the validator's schema without prose; absent when it exports none. */
  readonly params?: string;
  readonly since?: string;
  /** Counted by the limit on control-plane writes. `declared` when it was too dangerous to observe. */
  readonly controlPlaneWrite?: "observed" | "declared";
  /** Answers UNAVAILABLE until the side services are up. */
  readonly waitsForStart?: true;
}

export interface HttpRoute {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly withToken: number;
  readonly type: string;
}

export interface CloseCode {
  readonly code: number;
  readonly reason: string;
  readonly when: string;
}

export interface Manifest {
  readonly reference: string;
  readonly contract: string;
  readonly protocol: number;
  readonly methods: readonly ManifestMethod[];
  readonly events: readonly string[];
  readonly capabilities: readonly string[];
  readonly challengeCapabilities: readonly string[];
  readonly httpRoutes: readonly HttpRoute[];
  readonly closeCodes: readonly CloseCode[];
}

/** One line per entry: a change upstream reads as a change of one line. */
export function renderManifest(manifest: Manifest): string {
  const lines = Object.entries(manifest).map(
    ([key, value]) => `${JSON.stringify(key)}: ${renderValue(value)}`,
  );
  return `{\n  ${lines.join(",\n  ")}\n}\n`;
}

function renderValue(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return JSON.stringify(value);
  return `[\n    ${value.map((entry) => JSON.stringify(entry)).join(",\n    ")}\n  ]`;
}

/** Throws for a manifest that cannot be the denominator of a score. */
export function checkManifest(manifest: Manifest): void {
  const names = new Set<string>();
  for (const method of manifest.methods) {
    if (names.has(method.name)) throw new Error(`${method.name} stands twice in the manifest`);
    names.add(method.name);
    if (method.family !== familyOf(method.name) || method.area !== areaOf(method.name)) {
      throw new Error(`${method.name} is filed under ${method.family}, ${method.area}`);
    }
  }
  if (names.size === 0 || manifest.events.length === 0) throw new Error("an empty manifest measures nothing");
}
