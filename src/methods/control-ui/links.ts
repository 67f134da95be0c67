import {
  controlUiGithubDetail,
  controlUiGithubPreview,
  controlUiLinkPreview,
} from "../../../schemas/methods/control-ui/links.ts";
import { type GitHubTarget, partsTarget, publicUrl } from "../../domain/links/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

export default [
  method(controlUiGithubPreview, async ({ params, deps, signal }) => {
    const target = partsTarget(params);
    const refusal = invalidRequest("invalid controlUi.githubPreview params");
    if (target === undefined || target.kind === "commit" || !isAgentHint(params["agentId"])) throw refusal;
    checkAgent(deps, params["agentId"]);
    return await deps.links.github.item(target, signal);
  }),
  method(controlUiGithubDetail, async ({ params, deps, signal }) => {
    const target = partsTarget(params);
    if (target === undefined || !isAgentHint(params["agentId"])) {
      throw invalidRequest("invalid controlUi.githubDetail params");
    }
    checkAgent(deps, params["agentId"]);
    return await deps.links.github.document(target, addressOf(target), signal);
  }),
  method(controlUiLinkPreview, async ({ params, deps, signal }) => {
    const url = publicUrl(params["url"]);
    if (url === undefined || Object.keys(params).length > 1) {
      throw invalidRequest("invalid controlUi.linkPreview params");
    }
    return await deps.links.pages.preview(url, signal);
  }),
] satisfies Method[];

function addressOf(target: GitHubTarget): string {
  const repo = `https://github.com/${target.owner}/${target.repo}`;
  if (target.kind === "commit") return `${repo}/commit/${target.sha}`;
  return `${repo}/${target.kind === "pull" ? "pull" : "issues"}/${target.number}`;
}

function isAgentHint(agentId: unknown): boolean {
  return agentId === undefined || (typeof agentId === "string" && agentId.trim() !== "");
}

function checkAgent(deps: Deps, agentId: unknown): void {
  if (typeof agentId === "string" && deps.agents.get(agentId) === undefined) {
    throw invalidRequest(`unknown agent id "${agentId}"`);
  }
}
