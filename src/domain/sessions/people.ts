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

/** Whoever makes a session owns it, until it is given to somebody. */
export function ownerOf({ createdActor, assignedOwner }: Entry): { readonly id: string } | undefined {
  return assignedOwner?.actor ?? createdActor;
}

export function isInvolved(entry: Entry, personId: string): boolean {
  const { createdActor, participants = [] } = entry;
  const isOf = ({ identity }: { readonly identity: Identity }) =>
    identity["type"] === "profile" && identity["id"] === personId;
  return createdActor?.id === personId || ownerOf(entry)?.id === personId || participants.some(isOf);
}

export function makerMembers({ createdActor, assignedOwner }: Entry): Record<string, unknown> {
  const maker = createdActor && actorOf(createdActor);
  const owner = assignedOwner ?? (maker && { actor: maker });
  return {
    ...(maker === undefined ? {} : { createdActor: maker }),
    ...(owner === undefined ? {} : { owner }),
  };
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
