import { githubDetail, githubImage, githubPreview } from "../../../schemas/methods/github/links.ts";
import { imageTarget, linkTarget } from "../../domain/links/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

export default [
  method(githubPreview, async ({ params, deps, signal }) => {
    const refusal = invalidRequest("invalid github.preview params");
    const target = linkTarget(params["url"]);
    if (target === undefined || target.kind === "commit" || !areHints(params)) throw refusal;
    checkAgent(deps, params["agentId"]);
    const { title, login, owner, repo, number, createdAt, updatedAt, state } = await deps.links.github.item(
      target,
      signal,
    );
    return {
      url: String(params["url"]).trim(),
      title,
      subtitle: `${owner}/${repo} #${number}`,
      badge: { label: state, tone: state === "open" ? ("positive" as const) : ("neutral" as const) },
      ...(login === "" ? {} : { author: login, authorUrl: `https://github.com/${login}` }),
      createdAt,
      updatedAt,
    };
  }),
  method(githubDetail, async ({ params, deps, signal }) => {
    const target = linkTarget(params["url"]);
    if (target === undefined || !areHints(params)) throw invalidRequest("invalid github.detail params");
    checkAgent(deps, params["agentId"]);
    return await deps.links.github.document(target, String(params["url"]).trim(), signal);
  }),
  method(githubImage, async ({ params, deps, signal }) => {
    const url = imageTarget(params["url"]);
    if (url === undefined) throw invalidRequest("invalid github.image params");
    return { url: String(params["url"]), dataUrl: await deps.links.github.image(url, signal) };
  }),
] satisfies Method[];

/** The members beside the address, which may be left out. */
function areHints({ agentId, refresh }: Record<string, unknown>): boolean {
  const isAgent = agentId === undefined || (typeof agentId === "string" && agentId.trim() !== "");
  return isAgent && (refresh === undefined || typeof refresh === "boolean");
}

function checkAgent(deps: Deps, agentId: unknown): void {
  if (typeof agentId === "string" && deps.agents.get(agentId) === undefined) {
    throw invalidRequest(`unknown agent id "${agentId}"`);
  }
}
