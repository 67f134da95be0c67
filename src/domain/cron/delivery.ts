import type { Job, RunEntry, RunResult } from "./job.ts";
import { NO_CHANNEL } from "./view.ts";

type DeliveryReport = Pick<
  RunEntry,
  "completionStatus" | "delivered" | "delivery" | "deliveryError" | "deliveryStatus"
>;

const NO_WEBHOOK = "cron webhook delivery is not supported by this gateway";

/** What became of a result. A chat needs a channel, and there is none: what should have gone to one did not. */
export function deliver(job: Job, result: RunResult): DeliveryReport {
  const completionStatus = result.status === "error" ? "failed" : "succeeded";
  const { delivery } = job;
  if (job.sessionTarget === "main" || delivery === undefined) {
    return { completionStatus, deliveryStatus: "not-requested" };
  }
  if (delivery.mode === "none" || isSilent(result)) {
    return {
      completionStatus,
      delivered: false,
      deliveryStatus: "not-requested",
      delivery: {
        intended: { channel: "last", to: null, source: "last" },
        fallbackUsed: false,
        delivered: false,
      },
    };
  }
  if (delivery.mode === "announce" && job.sessionTarget === "current" && delivery.channel === undefined) {
    // The turn ran in that conversation: its answer stands there.
    return { completionStatus, delivered: true, deliveryStatus: "delivered" };
  }
  if (delivery.mode === "webhook") {
    return {
      completionStatus: settled(delivery.bestEffort, completionStatus),
      delivered: false,
      deliveryStatus: "not-delivered",
      deliveryError: NO_WEBHOOK,
    };
  }
  const channel = delivery.channel ?? "last";
  return {
    completionStatus: settled(delivery.bestEffort, completionStatus),
    delivered: false,
    deliveryStatus: "not-delivered",
    deliveryError: NO_CHANNEL,
    delivery: {
      intended: { channel, source: "explicit" },
      resolved: { ok: false, channel, source: "explicit", error: NO_CHANNEL },
      delivered: false,
    },
  };
}

/** A result that did not arrive is a failure, unless the job said that it need not. */
function settled(
  isBestEffort: boolean | undefined,
  otherwise: "succeeded" | "failed",
): "succeeded" | "failed" {
  return isBestEffort === true ? otherwise : "failed";
}

function isSilent(result: RunResult): boolean {
  return result.summary === undefined || /^\s*NO_REPLY\s*$/.test(result.summary);
}
