/** What every engine has and the ES libraries do not declare: the library may use nothing else. */
interface ImportMeta {
  readonly url: string;
}
