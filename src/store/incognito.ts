import { isIncognitoKey, isIncognitoTranscript } from "../domain/sessions/keys.ts";
import type { SessionStore } from "../domain/sessions/store.ts";
import { openDatabase } from "./database.ts";
import { createRunJournal, type RunJournalOptions } from "./runs.ts";
import { createSessionStore } from "./sessions.ts";

export interface ConversationStores {
  readonly sessions: SessionStore;
  readonly journal: ReturnType<typeof createRunJournal>;
}

/**
 * The stores of a conversation. What belongs to an incognito session is kept in memory, in a database of its own that
 * is opened with the first of them: nothing of it is ever on the disk, and it ends with the process.
 */
export function createConversationStores(
  options: RunJournalOptions & { readonly clock: { now(): number } },
): ConversationStores {
  const durable = createSessionStore(options.database);
  const durableJournal = createRunJournal(options);
  let opened: ConversationStores | undefined;

  const inMemory = (): ConversationStores => {
    if (opened !== undefined) return opened;
    const database = openDatabase({ stateDir: undefined, clock: options.clock });
    opened = { sessions: createSessionStore(database), journal: createRunJournal({ ...options, database }) };
    return opened;
  };
  const ofKey = (key: string) => (isIncognitoKey(key) ? inMemory().sessions : durable);
  const of = (transcriptId: string) => (isIncognitoTranscript(transcriptId) ? inMemory().sessions : durable);

  return {
    sessions: {
      loadEntries: () => durable.loadEntries(),
      saveEntry: (entry, isCovered) => ofKey(entry.key).saveEntry(entry, isCovered),
      archive: (transcriptId, file) => durable.archive(transcriptId, file),
      deleteEntry: (key, transcriptIds) => ofKey(key).deleteEntry(key, transcriptIds),
      append: (transcriptId, record, entry) => of(transcriptId).append(transcriptId, record, entry),
      page: (transcriptId, limit, before) => of(transcriptId).page(transcriptId, limit, before),
      since: (transcriptId, after, limit) => of(transcriptId).since(transcriptId, after, limit),
      extent: (transcriptId) => of(transcriptId).extent(transcriptId),
      find: (transcriptId, messageId) => of(transcriptId).find(transcriptId, messageId),
      branches: (transcriptId) => of(transcriptId).branches(transcriptId),
      activate: (transcriptId, leafId) => of(transcriptId).activate(transcriptId, leafId),
      copy: (fromId, toId, throughSeq, makeId) => of(fromId).copy(fromId, toId, throughSeq, makeId),
      search: (match, transcriptIds, limit) => durable.search(match, transcriptIds, limit),
      sizeBytes: () => durable.sizeBytes(),
      readDocument: (scope, name) => ofKey(name).readDocument(scope, name),
      writeDocument: (scope, name, value) => ofKey(name).writeDocument(scope, name, value),
    },
    journal: {
      accept: (request) =>
        (isIncognitoKey(request.sessionKey) ? inMemory().journal : durableJournal).accept(request),
      async settle(runId, outcome) {
        const known = await opened?.journal.find(runId);
        await (known === undefined ? durableJournal : inMemory().journal).settle(runId, outcome);
      },
      find: async (runId) => (await opened?.journal.find(runId)) ?? (await durableJournal.find(runId)),
      unfinished: () => durableJournal.unfinished(),
      interrupted: () => durableJournal.interrupted(),
    },
  };
}
