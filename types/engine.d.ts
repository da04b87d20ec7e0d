/** What every engine has and the ES libraries do not declare: the library may use nothing else. */
interface ImportMeta {
  readonly url: string;
}

/** V8's and JavaScriptCore's; other engines ignore it. */
interface ErrorConstructor {
  stackTraceLimit: number | undefined;
}
