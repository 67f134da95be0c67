import {
  sessionsGroupsDefaults,
  sessionsGroupsDelete,
  sessionsGroupsList,
  sessionsGroupsPut,
  sessionsGroupsRename,
  sessionsGroupsUpdate,
} from "../../../schemas/methods/sessions/groups.ts";
import { type Method, method } from "../method.ts";

export default [
  method(sessionsGroupsList, ({ deps }) => deps.sessions.groups.list()),
  method(sessionsGroupsDefaults, ({ deps }) => deps.sessions.groups.defaults()),
  method(sessionsGroupsPut, ({ params, deps }) => {
    return deps.sessions.groups.put(params.names, params.sectionOrder);
  }),
  method(sessionsGroupsRename, ({ params, deps }) => {
    return deps.sessions.groups.rename(params.name, params.to);
  }),
  method(sessionsGroupsUpdate, ({ params, deps }) => {
    return deps.sessions.groups.update(params.name, params);
  }),
  method(sessionsGroupsDelete, ({ params, deps }) => deps.sessions.groups.delete(params.name)),
] satisfies Method[];
