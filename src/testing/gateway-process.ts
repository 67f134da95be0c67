/** A gateway in a process of its own, so that a test can kill it: `node gateway-process.ts <stateDir>`. */
import { writeSync } from "node:fs";
import { startGateway } from "../main.ts";
import { testConfig } from "./config.ts";

const [stateDir] = process.argv.slice(2);
if (stateDir === undefined) throw new Error("usage: gateway-process.ts <stateDir>");
const gateway = await startGateway({ config: await testConfig(stateDir), port: 0 });
writeSync(1, `${gateway.url}\n`);
