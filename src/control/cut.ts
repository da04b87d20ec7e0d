/** Something that can be kept at a price, or follows from others; without those it can only be kept. */
export interface Vertex {
  readonly weight: number;
  /** By their positions in the list of all. */
  readonly from: readonly number[] | undefined;
}

/**
 * The lightest vertices to keep so that all `wanted` follow from them; of several such sets the one nearest to `wanted`. A
 * minimum cut, found by shortest augmenting paths (Edmonds and Karp 1972). Ascending.
 */
export function lightestCut(vertices: readonly Vertex[], wanted: readonly number[]): number[] {
  // a vertex is an arc of its weight between two points, 2v and 2v + 1
  const source = 2 * vertices.length;
  const sink = source + 1;
  const arcs: number[][] = Array.from({ length: sink + 1 }, () => []);
  const ends: number[] = [];
  const room: number[] = [];
  const connect = (from: number, to: number, capacity: number): void => {
    (arcs[from] as number[]).push(ends.push(to) - 1);
    room.push(capacity);
    (arcs[to] as number[]).push(ends.push(from) - 1);
    room.push(0);
  };
  for (const v of wanted) connect(source, 2 * v, Infinity);
  vertices.forEach(({ weight, from }, v) => {
    connect(2 * v, 2 * v + 1, weight);
    for (const u of from ?? []) connect(2 * v + 1, 2 * u, Infinity);
    if (from === undefined) connect(2 * v + 1, sink, Infinity);
  });
  for (;;) {
    // the arc by which each point is reached
    const reachedBy = new Int32Array(sink + 1).fill(-1);
    const queue = [source];
    for (let i = 0; i < queue.length && (reachedBy[sink] as number) < 0; i++)
      for (const arc of arcs[queue[i] as number] as number[]) {
        const to = ends[arc] as number;
        if (to === source || (reachedBy[to] as number) >= 0 || room[arc] === 0) continue;
        reachedBy[to] = arc;
        queue.push(to);
      }
    if ((reachedBy[sink] as number) < 0)
      return [...vertices.keys()].filter(
        (v) => (reachedBy[2 * v] as number) >= 0 && (reachedBy[2 * v + 1] as number) < 0,
      );
    const path: number[] = [];
    for (let at = sink; at !== source; at = ends[(path.at(-1) as number) ^ 1] as number)
      path.push(reachedBy[at] as number);
    const most = Math.min(...path.map((arc) => room[arc] as number));
    for (const arc of path) {
      room[arc] = (room[arc] as number) - most;
      room[arc ^ 1] = (room[arc ^ 1] as number) + most;
    }
  }
}
