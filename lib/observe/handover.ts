/**
 * The private port between the page world and ours, handed over once, before any script of the page runs.
 * Both sides start at document_start in an order nobody promises, so each announces itself and listens; the taker
 * cancels the event, which is the only acknowledgement that works in the same turn.
 */
const OFFER = 'dunghen-offer';
const READY = 'dunghen-ready';

/** Page-world side: gives `port` to the first listener that takes it. */
export function offerPort(doc: Document, port: MessagePort): void {
  const offer = () => {
    const event = new MessageEvent(OFFER, { ports: [port], cancelable: true });
    doc.dispatchEvent(event);
    if (event.defaultPrevented) doc.removeEventListener(READY, offer);
  };
  doc.addEventListener(READY, offer);
  offer();
}

/** Isolated side: calls `take` with the port once; stops listening when the document is parsed or `signal` aborts. */
export function takePort(doc: Document, take: (port: MessagePort) => void, signal: AbortSignal): void {
  const listening = new AbortController();
  const stop = () => listening.abort();
  signal.addEventListener('abort', stop, { once: true });
  doc.addEventListener('DOMContentLoaded', stop, { signal: listening.signal });
  doc.addEventListener(
    OFFER,
    (event) => {
      const port = event instanceof MessageEvent ? event.ports[0] : undefined;
      if (!port) return;
      event.preventDefault();
      stop();
      take(port);
    },
    { signal: listening.signal },
  );
  doc.dispatchEvent(new Event(READY));
}
