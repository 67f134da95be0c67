import { systemInfo } from "../../../schemas/methods/system/info.ts";
import { type Method, method } from "../method.ts";

export default [method(systemInfo, ({ deps }) => deps.system.info())] satisfies Method[];
