import { arch, hostname } from "node:os";
import type { Attributes } from "./encode.ts";
import type { OtlpSettings } from "./settings.ts";

/**
 * Who speaks. The arguments of the process are left out, although detectors tell them elsewhere: a token may be among
 * them. What the configuration says beats what was found.
 */
export function describeResource(settings: OtlpSettings, version: string): Attributes {
  const { detectors, resource, serviceName } = settings;
  return {
    "telemetry.sdk.language": "nodejs",
    "telemetry.sdk.name": "understudy",
    "telemetry.sdk.version": version,
    ...(detectors.has("host") ? { "host.name": hostname(), "host.arch": arch() } : {}),
    ...(detectors.has("process")
      ? {
          "process.pid": process.pid,
          "process.executable.name": process.title,
          "process.executable.path": process.execPath,
          "process.runtime.name": "nodejs",
          "process.runtime.version": process.versions.node,
          "process.runtime.description": "Node.js",
        }
      : {}),
    ...(detectors.has("env") ? resource : {}),
    "service.name": serviceName,
  };
}
