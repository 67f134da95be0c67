import {
  usersLinkAuthProfile,
  usersListAuthLinks,
  usersListModelAccounts,
  usersSelectModelAccount,
  usersUnlinkAuthProfile,
} from "../../../schemas/methods/users/accounts.ts";
import { requiresPerson } from "../../domain/users/index.ts";
import { type Method, method } from "../method.ts";

/** Accounts at providers belong to a person; nobody is signed in as one. */
function refuse(): never {
  throw requiresPerson("accounts");
}

export default [
  method(usersListAuthLinks, refuse),
  /** The owner uses what the gateway has; nothing is connected for one person alone. */
  method(usersListModelAccounts, async ({ caller, deps }) => {
    const owner = await deps.owner.of(caller);
    if (owner === undefined) return refuse();
    return { profileId: owner.id, accounts: [], links: [] };
  }),
  method(usersSelectModelAccount, refuse),
  method(usersLinkAuthProfile, refuse),
  method(usersUnlinkAuthProfile, refuse),
] satisfies Method[];
