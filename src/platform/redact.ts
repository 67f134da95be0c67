/** Takes the secrets out of text before it leaves the process. */
export interface Redactor {
  /** From now on this text is masked wherever it shows up. Short ones are left out: they are in everything. */
  add(secret: string | undefined): void;
  redact(text: string): string;
}

const SECRET_CHARACTERS_MIN = 6;
const HINT_CHARACTERS_MIN = 18;
/** Secrets known at once; a configuration has few. The oldest is forgotten first. */
const SECRETS_MAX = 256;

/** Shapes that are credentials whoever wrote them: bearer headers, `key=…` pairs, keys of large vendors, PEM. */
const SHAPES: readonly RegExp[] = [
  /(?<=\bBearer\s+)[A-Za-z0-9._~+/=-]{8,}/gi,
  /(?<=["']?\b(?:api[_-]?key|access[_-]?token|auth[_-]?token|token|password|secret)["']?\s*[:=]\s*["']?)[^\s"',;}&]{8,}/gi,
  /\b(?:sk|pk|rk)-[A-Za-z0-9_-]{16,}/g,
  /\b(?:ghp|gho|ghs|ghr|github_pat)_[A-Za-z0-9_]{20,}/g,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/g,
  /\bAIza[A-Za-z0-9_-]{30,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g,
];

/** `patterns` are the operator's own: plain, or `/pattern/flags`. One that does not compile is passed over. */
export function createRedactor(patterns: readonly string[] = []): Redactor {
  const secrets = new Set<string>();
  const shapes = [...SHAPES, ...patterns.flatMap(compile)];
  return {
    add(secret) {
      if (secret === undefined || secret.length < SECRET_CHARACTERS_MIN) return;
      const [oldest] = secrets;
      if (secrets.size >= SECRETS_MAX && oldest !== undefined) secrets.delete(oldest);
      secrets.add(secret);
    },
    redact(text) {
      let masked = text;
      for (const secret of secrets) masked = masked.replaceAll(secret, mask(secret));
      for (const shape of shapes) masked = masked.replace(shape, mask);
      return masked;
    },
  };
}

function mask(secret: string): string {
  return secret.length < HINT_CHARACTERS_MIN ? "***" : `${secret.slice(0, 6)}…${secret.slice(-4)}`;
}

function compile(pattern: string): RegExp[] {
  const written = /^\/(.+)\/([a-z]*)$/.exec(pattern);
  try {
    const [, source = pattern, flags = "gi"] = written ?? [];
    return [new RegExp(source, flags.includes("g") ? flags : `${flags}g`)];
  } catch {
    return [];
  }
}
