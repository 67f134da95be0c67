import {
  usersAuthConnectAnswer,
  usersAuthConnectCancel,
  usersAuthConnectCatalog,
  usersAuthConnectStart,
  usersAuthConnectStatus,
} from "../../../schemas/methods/users/auth-connect.ts";
import { requiresPerson } from "../../domain/users/index.ts";
import { type Method, method } from "../method.ts";

/** Connecting an account needs the person it belongs to. */
function refuse(): never {
  throw requiresPerson("accounts");
}

export default [
  method(usersAuthConnectStart, refuse),
  method(usersAuthConnectAnswer, refuse),
  method(usersAuthConnectStatus, refuse),
  method(usersAuthConnectCancel, refuse),
  method(usersAuthConnectCatalog, refuse),
] satisfies Method[];
