import { useEffect, useRef, useState } from "preact/hooks";

/** A place onto which a file can be dropped while one is wanted, and whether one hovers over it. */
export function useDrop(wanted: boolean, take: (file: File) => void) {
  const place = useRef<HTMLDivElement>(null);
  const [hovering, setHovering] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (element === null || !wanted) return;
    const over = (event: DragEvent): void => {
      event.preventDefault();
      setHovering(true);
    };
    const leave = (): void => setHovering(false);
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      leave();
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) take(file);
    };
    element.addEventListener("dragover", over);
    element.addEventListener("dragleave", leave);
    element.addEventListener("drop", drop);
    return () => {
      element.removeEventListener("dragover", over);
      element.removeEventListener("dragleave", leave);
      element.removeEventListener("drop", drop);
    };
  }, [wanted, take]);
  return { place, hovering };
}
