import {
  usersGithubAuthorizeCancel,
  usersGithubAuthorizePoll,
  usersGithubAuthorizeStart,
  usersGithubDisconnect,
  usersGithubStatus,
} from "../../../schemas/methods/users/github.ts";
import { requiresPerson } from "../../domain/users/index.ts";
import { type Method, method } from "../method.ts";

/** A person's GitHub account; nobody is signed in as one. */
function refuse(): never {
  throw requiresPerson("github");
}

export default [
  method(usersGithubStatus, refuse),
  method(usersGithubAuthorizeStart, refuse),
  method(usersGithubAuthorizePoll, refuse),
  method(usersGithubAuthorizeCancel, refuse),
  method(usersGithubDisconnect, refuse),
] satisfies Method[];
