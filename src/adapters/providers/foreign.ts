/** A member of something that a service sent and that may be of any shape. */
export function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
}

export function textMember(value: unknown, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === "string" ? found : undefined;
}

export function numberMember(value: unknown, name: string): number {
  const found = member(value, name);
  return typeof found === "number" && Number.isFinite(found) ? found : 0;
}

export function listMember(value: unknown, name: string): readonly unknown[] {
  const found = member(value, name);
  return Array.isArray(found) ? found : [];
}
