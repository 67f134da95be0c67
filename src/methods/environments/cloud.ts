import {
  environmentsCreate,
  environmentsDestroy,
  environmentsPrepare,
  environmentsSessionCreate,
  environmentsSessionDestroy,
  environmentsSessionStatus,
} from "../../../schemas/methods/environments/cloud.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** There are no machines in a cloud that could be hired: no profile of one is known, and none is attached. */
export default [
  method(environmentsCreate, ({ params }) => {
    throw invalidRequest(`Unknown worker profile: ${params.profileId}`);
  }),
  method(environmentsPrepare, ({ params }) => {
    throw invalidRequest(`Unknown worker profile: ${params.profileId}`);
  }),
  method(environmentsDestroy, ({ params }) => {
    throw invalidRequest(`Unknown worker environment: ${params.environmentId}`);
  }),
  method(environmentsSessionStatus, ({ params }) => {
    throw unattached(params.sessionKey);
  }),
  method(environmentsSessionCreate, ({ params }) => {
    throw unattached(params.sessionKey);
  }),
  method(environmentsSessionDestroy, ({ params }) => {
    throw unattached(params.sessionKey);
  }),
] satisfies Method[];

function unattached(sessionKey: string | undefined) {
  return invalidRequest(
    sessionKey === undefined
      ? "sessionKey is required for operator environment requests"
      : "A persistent conversation is required for an attached environment",
  );
}
