import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { Agent, fetch as undiciFetch } from 'undici';

export interface NodeTransportOptions {
  /** PEM file of a private CA, trusted besides the public ones; certificates are always checked (quirk 22). */
  caFile?: string;
  /** Connections to one system at a time. */
  connections?: number;
}

export interface NodeTransport {
  fetch: typeof fetch;
  /** Ends the connections that are kept open; without it a process lives on until they time out. */
  close(): Promise<void>;
}

/** Connections for Node: kept open between calls, counted, with the unit's own CA. Throws when the CA file cannot be read. */
export function nodeTransport({ caFile, connections = 16 }: NodeTransportOptions = {}): NodeTransport {
  const ca = caFile === undefined ? undefined : [...rootCertificates, readFileSync(caFile, 'utf8')];
  const dispatcher = new Agent({ connections, keepAliveTimeout: 10_000, connect: { ca, rejectUnauthorized: true } });
  const send: typeof fetch = async (input, init) => {
    // The Request of the platform is not the one that this library knows: it is taken apart.
    const request = input instanceof Request ? input : new Request(input, init);
    const body = request.body === null ? undefined : await request.arrayBuffer();
    const { method, redirect, signal } = request;
    const headers = [...request.headers];
    const response = await undiciFetch(request.url, { method, headers, body, redirect, signal, dispatcher });
    return response as unknown as Response;
  };
  return { fetch: send, close: () => dispatcher.close() };
}
