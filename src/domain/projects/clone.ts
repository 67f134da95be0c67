import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";

const HTTPS = /^https:\/\/github\.com\/([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/i;
const SSH = /^git@github\.com:([\w.-]+)\/([\w.-]+?)(?:\.git)?$/i;

const INVALID =
  "Use a GitHub HTTPS or git@github.com repository URL. Local paths and file URLs are not accepted.";
const UNREACHABLE = "Git clone could not reach GitHub. Check the Gateway network connection and retry.";

/** The repository behind an address. Only GitHub's are taken: git would run programs for some of the others. */
export function repositoryOf(gitUrl: string): { readonly url: string; readonly repository: string } {
  const match = HTTPS.exec(gitUrl) ?? SSH.exec(gitUrl);
  const repository = match?.[2];
  if (repository === undefined || repository.startsWith(".")) {
    const details = { code: "PROJECT_CLONE_FAILED", cause: "invalid_url" };
    throw invalidRequest(INVALID, { details, saysFinal: true });
  }
  return { url: gitUrl, repository };
}

/** What git said of a clone that failed, as the kind of failure that it was. */
export function cloneFailure(said: string): ProtocolError {
  const fail = (cause: string, message: string, retryable: boolean): ProtocolError =>
    new ProtocolError("UNAVAILABLE", message, {
      details: { code: "PROJECT_CLONE_FAILED", cause },
      retryable,
      saysFinal: true,
    });
  if (/could not resolve|unable to access|connection|timed out|network|kex_exchange/i.test(said))
    return fail("network", UNREACHABLE, true);
  if (/authentication|permission denied|could not read username|publickey/i.test(said))
    return fail("auth_required", "GitHub asks for a login to clone this repository.", false);
  if (/not found/i.test(said)) return fail("not_found", "There is no such repository on GitHub.", false);
  if (/already exists/i.test(said)) return fail("target_exists", "The folder of the clone is taken.", false);
  return fail("clone_failed", "Git could not clone the repository.", false);
}
