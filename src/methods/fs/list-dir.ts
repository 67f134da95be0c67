import { fsListDir } from "../../../schemas/methods/fs/list-dir.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(fsListDir, async ({ params, deps }) => {
    if (params.nodeId !== undefined) {
      const isThere = deps.nodes
        .list(false)
        .some((node) => node["nodeId"] === params.nodeId && node["connected"]);
      throw new ProtocolError("UNAVAILABLE", isThere ? "node cannot list folders" : "node not connected", {
        retryable: false,
      });
    }
    const page = await deps.system.folders(params.path);
    return { ...page, entries: page.entries.map((entry) => ({ ...entry })) };
  }),
] satisfies Method[];
