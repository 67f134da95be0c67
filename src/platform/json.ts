/** What a text says as JSON, or undefined when it is not JSON: no JSON text means undefined. Never throws. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
