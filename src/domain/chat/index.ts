export { type Attachments, readAttachments } from "./attachments.ts";
export { createHistory, type History, type HistoryQuery } from "./history.ts";
export { type ChatMetadata, createChatMetadata } from "./metadata.ts";
