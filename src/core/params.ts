const identities = new WeakMap<object, number>();
let nextIdentity = 0;

/**
 * A string equal for structurally equal parameters. Plain objects and arrays compare by content; functions
 * and instances (graphs held by control flow) by identity.
 */
export function paramsKey(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "object":
      if (value === null) return "null";
      if (Array.isArray(value)) return `[${value.map(paramsKey).join()}]`;
      if (Object.getPrototypeOf(value) === Object.prototype) {
        let key = "{";
        for (const name in value)
          key += `${name}:${paramsKey((value as Record<string, unknown>)[name])},`;
        return `${key}}`;
      }
      return `@${identityOf(value)}`;
    case "function":
      return `@${identityOf(value)}`;
    default:
      return String(value);
  }
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
