const identities = new WeakMap<object, number>();
let nextIdentity = 0;

/**
 * A string equal for structurally equal parameters. Plain objects and arrays compare by content; functions
 * and instances (graphs held by control flow) by identity.
 */
export function paramsKey(value: unknown): string {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(paramsKey).join()}]`;
  if (typeof value !== "function" && (typeof value !== "object" || value === null))
    return String(value);
  if (Object.getPrototypeOf(value) !== Object.prototype) return `@${identityOf(value)}`;
  let key = "{";
  for (const name in value)
    key += `${name}:${paramsKey((value as Record<string, unknown>)[name])},`;
  return `${key}}`;
}

/** A number of its own for each object. */
export function identityOf(value: object): number {
  let identity = identities.get(value);
  if (identity === undefined) {
    identity = nextIdentity++;
    identities.set(value, identity);
  }
  return identity;
}
