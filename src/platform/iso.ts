/** ISO 8601 in UTC with milliseconds, from epoch ms; it asks no clock. */
export function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
