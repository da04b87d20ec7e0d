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
      return identity(value);
    case "function":
      return identity(value);
    default:
      return String(value);
  }
}

function identity(value: object): string {
  let id = identities.get(value);
  if (id === undefined) {
    id = nextIdentity++;
    identities.set(value, id);
  }
  return `@${id}`;
}
