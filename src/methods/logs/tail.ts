import { logsTail } from "../../../schemas/methods/logs/tail.ts";
import { type Method, method } from "../method.ts";

const LIMIT_DEFAULT = 500;
const BYTES_DEFAULT = 250_000;

export default [
  method(logsTail, async ({ params, deps }) => {
    const { cursor, limit = LIMIT_DEFAULT, maxBytes = BYTES_DEFAULT } = params;
    const page = await deps.system.tail({ limit, maxBytes, ...(cursor === undefined ? {} : { cursor }) });
    return { ...page, lines: [...page.lines] };
  }),
] satisfies Method[];
