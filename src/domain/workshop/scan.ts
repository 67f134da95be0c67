import type { Finding, Scan, SupportFile } from "./record.ts";

interface Rule {
  readonly ruleId: string;
  readonly severity: Finding["severity"];
  readonly message: string;
  /** The line that gives it away, and what else has to stand in the file. */
  readonly line: RegExp;
  readonly also?: RegExp;
  /** Only programs are looked at, not prose. */
  readonly isOfCode?: true;
}

/** How much of a line is shown. */
const EVIDENCE_CHARS_MAX = 120;

const RULES: readonly Rule[] = [
  {
    ruleId: "shell-pipe-to-shell",
    severity: "critical",
    message: "Skill text includes pipe-to-shell install pattern",
    line: /\b(?:curl|wget)\b[^\n|]*\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b/i,
  },
  {
    ruleId: "secret-exfiltration",
    severity: "critical",
    message: "Skill text may exfiltrate environment variables",
    line: /\bprocess\.env\b[^\n]*\b(?:fetch|curl|post)\b|\b(?:fetch|curl|post)\b[^\n]*\bprocess\.env\b/i,
  },
  {
    ruleId: "destructive-delete",
    severity: "warn",
    message: "Skill text contains broad destructive delete command",
    line: /\brm\s+-(?:rf|fr)\s+(?:\/|~|\$HOME)/i,
  },
  {
    ruleId: "dangerous-exec",
    severity: "critical",
    message: "Shell command execution detected (child_process)",
    line: /\b(?:exec|execSync|spawn|spawnSync|execFile|execFileSync)\s*\(/,
    also: /child_process/,
  },
  {
    ruleId: "dynamic-code-execution",
    severity: "critical",
    message: "Dynamic code execution detected",
    line: /\beval\s*\(|new\s+Function\s*\(/,
  },
  {
    ruleId: "env-harvesting",
    severity: "critical",
    message: "Environment variable access combined with network send — possible credential harvesting",
    line: /process\.env/,
    also: /\bfetch\s*\(|\bhttps?\.request\b|\bpost\s*\(/i,
    isOfCode: true,
  },
];

/** Looks through a draft for what a skill should not do. It warns people; it does not prove anything. */
export function scanFiles(files: readonly SupportFile[], scannedAt: string): Scan {
  const findings = files.flatMap((file) => RULES.flatMap((rule) => findingOf(rule, file)));
  const count = (severity: Finding["severity"]) =>
    findings.filter((finding) => finding.severity === severity).length;
  const critical = count("critical");
  return {
    state: critical > 0 ? "failed" : "clean",
    scannedAt,
    critical,
    warn: count("warn"),
    info: 0,
    findings,
  };
}

function findingOf(rule: Rule, { path, content }: SupportFile): readonly Finding[] {
  const { ruleId, severity, message } = rule;
  if (rule.isOfCode === true && !/\.(?:[cm]?[jt]sx?)$/.test(path)) return [];
  if (rule.also !== undefined && !rule.also.test(content)) return [];
  const lines = content.split("\n");
  const index = lines.findIndex((line) => rule.line.test(line));
  if (index < 0) return [];
  const evidence = (lines[index] ?? "").trim().slice(0, EVIDENCE_CHARS_MAX);
  return [{ ruleId, severity, file: path, line: index + 1, message, evidence }];
}

/** Keys as well-known services write them: nothing that should stand in a skill. */
const CREDENTIALS = [
  /\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{32,}/,
  /\bgh[pousr]_[A-Za-z0-9]{36,}/,
  /\bgithub_pat_[A-Za-z0-9_]{40,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bxox[abposr]-[A-Za-z0-9-]{20,}/,
  /\bAIza[0-9A-Za-z_-]{35}\b/,
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
];

/** The first file that has a credential in it. */
export function fileWithCredential(files: readonly SupportFile[]): string | undefined {
  return files.find(({ content }) => CREDENTIALS.some((pattern) => pattern.test(content)))?.path;
}
