/** Text as it may stand after `=` in the fragment of a link: what would end the value, the link or the line is escaped. */
export function escapeFragment(text: string): string {
  return text.replace(/[%&#\s"<>`\\{|}]/g, (character) => encodeURIComponent(character));
}
