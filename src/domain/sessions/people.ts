import type { Entry } from "./entry.ts";

type Maker = NonNullable<Entry["createdActor"]>;
type Identity = Readonly<Record<string, unknown>>;

/** What is written down of the person who makes a session. */
export function madeBy(personId: string | undefined): { readonly createdActor?: Maker } {
  return personId === undefined ? {} : { createdActor: { type: "human", source: "profile", id: personId } };
}

/** Who speaks: the person where it is known, else the program that was seen to. */
export function speakerOf(said: {
  readonly client: { readonly id: string };
  readonly sender?: { readonly id: string };
}): Identity {
  if (said.sender !== undefined) return { type: "profile", id: said.sender.id };
  const { id } = said.client;
  return { type: "observation", pluginId: null, accountId: null, senderKind: "unknown", id };
}

/** The person as rows and lists name them. */
export function actorOf({ type, source, id }: Maker) {
  return { type, id, identity: { type: source, id } };
}

/** Whoever makes a session owns it. */
export function makerMembers({ createdActor }: Entry): Record<string, unknown> {
  if (createdActor === undefined) return {};
  const actor = actorOf(createdActor);
  return { createdActor: actor, owner: { actor } };
}

const SHOWN = 4;

export function participantMembers({ participants = [] }: Entry): Record<string, unknown> {
  if (participants.length === 0) return {};
  return {
    participants: participants.slice(0, SHOWN),
    expandedParticipants: participants,
    participantCount: participants.length,
  };
}
