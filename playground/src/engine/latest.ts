/**
 * A worker that is asked one thing at a time. What is asked while it works waits, and only the newest stays: answers
 * come in order and never pile up. A worker still busy after `patience` ms is replaced when something newer waits.
 */
export class Latest<Question, Reply> {
  private readonly start: () => Worker;
  private readonly patience: number;
  private worker: Worker;
  private current: { readonly question: Question; readonly since: number } | undefined;
  private waiting: Question | undefined;
  private readonly tell: (reply: Reply, question: Question, more: boolean) => void;

  constructor(
    start: () => Worker,
    tell: (reply: Reply, question: Question, more: boolean) => void,
    patience: number = Number.POSITIVE_INFINITY,
  ) {
    this.start = start;
    this.tell = tell;
    this.patience = patience;
    this.worker = this.begin();
  }

  ask(question: Question): void {
    if (this.current === undefined) {
      this.send(question);
      return;
    }
    this.waiting = question;
    if (performance.now() - this.current.since < this.patience) return;
    this.worker.terminate();
    this.worker = this.begin();
    this.next();
  }

  /** A question beside these, answered through a port of its own. */
  aside<Aside>(question: unknown): Promise<Aside> {
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
      port1.onmessage = ({ data }) => {
        port1.close();
        resolve(data);
      };
      this.worker.postMessage(question, [port2]);
    });
  }

  private begin(): Worker {
    const worker = this.start();
    worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      const { question } = this.current as { question: Question };
      const more = this.waiting !== undefined;
      this.next();
      this.tell(data, question, more);
    });
    return worker;
  }

  private next(): void {
    this.current = undefined;
    const question = this.waiting;
    this.waiting = undefined;
    if (question !== undefined) this.send(question);
  }

  private send(question: Question): void {
    this.current = { question, since: performance.now() };
    this.worker.postMessage(question);
  }
}
