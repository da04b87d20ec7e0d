const shapes = {
  first: "M4 3v10M13 3 6.5 8l6.5 5z",
  previous: "M11 3 4.5 8 11 13",
  play: "M5 3v10l8-5z",
  pause: "M5 3v10M11 3v10",
  next: "M5 3l6.5 5L5 13",
  fit: "M2 6.5V2h4.5zM9.5 2H14v4.5zM14 9.5V14H9.5zM6.5 14H2V9.5z",
  last: "M12 3v10M3 3l6.5 5L3 13z",
} as const;

/** A small sign in the colour of the text. */
export function Icon({ name }: { readonly name: keyof typeof shapes }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}
