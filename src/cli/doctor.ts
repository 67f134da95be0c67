import { access, constants, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { withStateVariables } from "../domain/config/environment.ts";
import { notHonoured } from "../domain/config/honoured.ts";
import type { Snapshot } from "../domain/config/index.ts";
import { gatewayTokenFile } from "../domain/config/own-secret.ts";
import { locate, said } from "../domain/config/paths.ts";
import { readSnapshot } from "../domain/config/read.ts";
import { parseCommandLine } from "./arguments.ts";
import { explainIssues } from "./explain-config.ts";
import { type Command, EXIT, type Terminal } from "./terminal.ts";

const command: Command = {
  help: `Checks what a gateway needs: state folder, configuration, database, owner, port. Changes nothing.

Usage: understudy doctor [options]

Options:
  --json  one JSON document on standard output
  --help  print this

Exit codes: 0 nothing is wrong, 1 something is, 2 wrong usage, 78 the configuration is wrong.

Examples:
  understudy doctor
  understudy doctor --json
`,
  run,
};
export default command;

type Verdict = "ok" | "note" | "fault";

interface Finding {
  readonly check: string;
  readonly verdict: Verdict;
  readonly text: string;
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = parseCommandLine(args, { json: { type: "boolean" } } as const, 0);
  const { stateDir, configPath, includeRoots } = locate(terminal.env);
  const env = await withStateVariables(terminal.env, stateDir);
  const snapshot = await readSnapshot({ path: configPath, env, includeRoots });
  const database = await checkDatabase(stateDir);
  const findings: Finding[] = [
    await checkState(stateDir),
    ...checkConfig(snapshot),
    await checkToken(stateDir),
    ...database.findings,
    await checkPort(portOf(snapshot, terminal), database.isOwned),
  ];
  const isSound = findings.every((finding) => finding.verdict !== "fault");
  if (values.json === true)
    terminal.out(`${JSON.stringify({ ok: isSound, stateDir, configPath, findings })}\n`);
  else terminal.out(findings.map(line).join(""));
  if (snapshot.issues.length > 0) return EXIT.config;
  return isSound ? EXIT.ok : EXIT.failed;
}

const MARK: Readonly<Record<Verdict, string>> = { ok: "ok   ", note: "note ", fault: "FAULT" };

function line(finding: Finding): string {
  return `${MARK[finding.verdict]}  ${finding.check.padEnd(9)} ${finding.text}\n`;
}

async function checkState(stateDir: string): Promise<Finding> {
  const check = "state";
  const info = await stat(stateDir).catch(() => undefined);
  if (info === undefined)
    return { check, verdict: "note", text: `${stateDir} is not there; a first start makes it` };
  if (!info.isDirectory()) return { check, verdict: "fault", text: `${stateDir} is not a folder` };
  const isWritable = await access(stateDir, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable) return { check, verdict: "fault", text: `${stateDir} cannot be written` };
  const isOpen = (info.mode & 0o077) !== 0;
  const text = isOpen ? `${stateDir} can be entered by others (chmod 700 it)` : stateDir;
  return { check, verdict: isOpen ? "note" : "ok", text };
}

function checkConfig(snapshot: Snapshot): Finding[] {
  const check = "config";
  if (!snapshot.exists) {
    return [{ check, verdict: "ok", text: `${snapshot.path} is not there; built-in defaults apply` }];
  }
  const faults = explainIssues(snapshot).map((text): Finding => ({ check, verdict: "fault", text }));
  const notes = snapshot.warnings.map(
    ({ path, message }): Finding => ({ check, verdict: "note", text: `${path}: ${message}` }),
  );
  if (faults.length > 0) return [...faults, ...notes];
  const ignored = notHonoured(snapshot.source).length;
  const tail = ignored === 0 ? "" : ` (${ignored} keys have no effect here: understudy config check)`;
  return [{ check, verdict: "ok", text: `${snapshot.path}${tail}` }, ...notes];
}

async function checkToken(stateDir: string): Promise<Finding> {
  const check = "token";
  const file = gatewayTokenFile(stateDir);
  const info = await stat(file).catch(() => undefined);
  if (info === undefined)
    return { check, verdict: "ok", text: "none kept; made at a first start that needs one" };
  const isOpen = (info.mode & 0o077) !== 0;
  return {
    check,
    verdict: isOpen ? "fault" : "ok",
    text: isOpen ? `${file} can be read by others (chmod 600 it)` : file,
  };
}

async function checkDatabase(stateDir: string): Promise<{ findings: Finding[]; isOwned: boolean }> {
  const { inspectDatabase } = await import("../store/inspect.ts");
  const seen = inspectDatabase(stateDir);
  if (!seen.exists) {
    return {
      findings: [{ check: "database", verdict: "ok", text: "not there; a first start makes it" }],
      isOwned: false,
    };
  }
  const sound = `${seen.file}: sound, ${seen.sessions} sessions`;
  const findings: Finding[] =
    seen.problems.length === 0
      ? [{ check: "database", verdict: "ok", text: sound }]
      : seen.problems.map((text) => ({ check: "database", verdict: "fault", text }));
  const isOwned = seen.isOwnerAlive === true;
  const owner = isOwned
    ? `process ${seen.ownerPid} has the state folder`
    : seen.ownerPid === undefined
      ? "nobody has the state folder"
      : `process ${seen.ownerPid} had the state folder and is gone; the next start takes it`;
  findings.push({
    check: "owner",
    verdict: isOwned || seen.ownerPid === undefined ? "ok" : "note",
    text: owner,
  });
  return { findings, isOwned };
}

function portOf(snapshot: Snapshot, terminal: Terminal): number {
  const fromEnv = Number(said(terminal.env["OPENCLAW_GATEWAY_PORT"]));
  if (Number.isInteger(fromEnv) && fromEnv >= 1 && fromEnv <= 65_535) return fromEnv;
  const gateway = snapshot.source["gateway"];
  const given =
    typeof gateway === "object" && gateway !== null && "port" in gateway ? gateway.port : undefined;
  return typeof given === "number" ? given : 18_789;
}

/** A port in use is right when the owner of the state folder is alive, and a surprise otherwise. */
async function checkPort(port: number, isOwned: boolean): Promise<Finding> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const probe = createServer();
  probe.once("error", () => resolve(false));
  probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => probe.close(() => resolve(true)));
  const check = "port";
  if (await promise) return { check, verdict: "ok", text: `${port} is free` };
  if (isOwned)
    return { check, verdict: "ok", text: `${port} is in use, by the gateway of this state folder it seems` };
  return { check, verdict: "fault", text: `${port} is in use by another program` };
}
