import type { RuntimeSurface } from "./runtime-surface.ts";

/** Methods whose validator is not called after them. The freeze checks every pair against the running gateway. */
const ALIASES: Readonly<Record<string, string>> = {
  "agent.identity.get": "AgentIdentityParams",
  connect: "ConnectParams",
  "conversations.list": "ConversationListParams",
  "conversations.send": "ConversationSendParams",
  "conversations.turn": "ConversationTurnParams",
  "conversations.turn.cancel": "ConversationTurnCancelParams",
  "device.scopes.requestUpgrade": "ScopeUpgradeRequest",
  "device.scopes.waitUpgrade": "ScopeUpgradeWait",
  "openclaw.changes.list": "SystemChangesListParams",
  "openclaw.chat": "SystemAgentChatParams",
  "openclaw.chat.history": "SystemAgentChatHistoryParams",
  "openclaw.setup.activate": "SystemAgentSetupActivateParams",
  "openclaw.setup.activate.start": "SystemAgentSetupActivateStartParams",
  "openclaw.setup.auth.start": "SystemAgentSetupAuthStartParams",
  "openclaw.setup.detect": "SystemAgentSetupDetectParams",
  "openclaw.setup.verify": "SystemAgentSetupVerifyParams",
  "push.web.preferences.get": "WebPushPreferencesGetParams",
  "push.web.preferences.set": "WebPushPreferencesSetParams",
  "push.web.subscribe": "WebPushSubscribeParams",
  "push.web.test": "WebPushTestParams",
  "push.web.unsubscribe": "WebPushUnsubscribeParams",
  "push.web.vapidPublicKey": "WebPushVapidPublicKeyParams",
  "session.members.add": "SessionMemberAddParams",
  "session.members.remove": "SessionMemberRemoveParams",
  "session.members.listEvidence": "SessionMembersListParams",
  "sessions.github.confirm": "SessionGitHubConfirmParams",
  "sessions.github.options": "SessionGitHubOptionsParams",
  "sessions.github.publish": "SessionGitHubPublishParams",
  "sessions.github.status": "SessionGitHubStatusParams",
  "sessions.steer": "SessionsSendParams",
  "sessions.storage.run": "SessionsStorageParams",
  "sessions.storage.status": "SessionsStorageParams",
  "sessions.viewers.set": "SessionsViewerPresenceSetParams",
  "skills.curator.pin": "SkillsCuratorActionParams",
  "skills.curator.restore": "SkillsCuratorActionParams",
  "skills.curator.unpin": "SkillsCuratorActionParams",
  "skills.proposals.apply": "SkillsProposalDecisionParams",
  "skills.proposals.create": "SkillsProposalCreateParams",
  "skills.proposals.evaluate": "SkillsProposalEvaluateParams",
  "skills.proposals.events.list": "SkillsProposalEventsListParams",
  "skills.proposals.historyScan": "SkillsProposalHistoryScanParams",
  "skills.proposals.historyStatus": "SkillsProposalHistoryStatusParams",
  "skills.proposals.inspect": "SkillsProposalInspectParams",
  "skills.proposals.quarantine": "SkillsProposalDecisionParams",
  "skills.proposals.reject": "SkillsProposalDecisionParams",
  "skills.proposals.requestRevision": "SkillsProposalRequestRevisionParams",
  "skills.proposals.revise": "SkillsProposalReviseParams",
  "skills.proposals.update": "SkillsProposalUpdateParams",
  "tasks.dismiss": "TasksRecoveryParams",
  "tasks.retry": "TasksRecoveryParams",
};

/** `sessions.files.list` is checked by `SessionsFilesListParams`, give or take capitals. */
export function validatorOf(method: string, surface: Pick<RuntimeSurface, "schemas">): string | undefined {
  const alias = ALIASES[method];
  if (alias !== undefined) return alias in surface.schemas ? alias : undefined;
  const wanted = `${method.replaceAll(/[.-]/g, "")}params`.toLowerCase();
  return Object.keys(surface.schemas).find((name) => name.toLowerCase() === wanted);
}
