import { useEffect, useState } from "preact/hooks";

/** ms after which a reader would like to know that something is being computed. */
const patience = 400;

/** Whether something has been on its way for long enough to say so. */
export function useSlow(waiting: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!waiting) return;
    const timer = setTimeout(() => setSlow(true), patience);
    return () => clearTimeout(timer);
  }, [waiting]);
  return slow && waiting;
}
