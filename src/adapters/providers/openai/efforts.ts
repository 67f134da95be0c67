/** Our levels in the words of the service; it knows no `off`, which is leaving the member out. */
export const EFFORTS: Readonly<Record<string, "minimal" | "low" | "medium" | "high">> = {
  minimal: "minimal",
  low: "low",
  medium: "medium",
  high: "high",
  xhigh: "high",
  max: "high",
};
