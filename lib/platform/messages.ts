import { defineExtensionMessaging, type Message } from '@webext-core/messaging';
import type * as z from 'zod/mini';
import {
  LetterFacts,
  type PageConfig,
  PageReport,
  type PapersView,
  type SeenLetters,
  ShownDossier,
  TO_BACKGROUND,
  type TO_CONTENT,
  type ToBackground,
  type ToContent,
} from '../schema/index.ts';
import { browser, type MessageSender } from './browser.ts';
import type { Frame } from './frames.ts';
import { isAllowed, originOf, webOrigin } from './hosts.ts';
import { tabsOf } from './tabs.ts';

/**
 * The one gate between pages, content scripts and background: default deny. On the wire (the envelope of
 * @webext-core/messaging) a question is `{id, type, data, timestamp}` and its answer `{res}`, where `res` is the value
 * itself or a `Refusal`; a refusal is never thrown at the page.
 */

export type Payload<N extends ToBackground> = z.infer<(typeof TO_BACKGROUND)[N]['payload']>;

/** What the background answers to each message. */
export interface Answers {
  'page.config': PageConfig;
  'page.supplement': { loaded: boolean };
  'dossiers.seen': { stored: number; bad: number } & SeenLetters;
  'papers.assess': PapersView;
  'letter.open': { opened: boolean };
  'inspect.open': { opened: boolean };
  'site.pause': { paused: boolean };
  'dossiers.clear': { cleared: number };
  'site.hosts': { hosts: string[] };
}

/**
 * `policy`: the sender may not ask this. `schema`: the payload is not what was agreed. `failed`: it could not be done,
 * or the background gave no answer.
 */
interface Refusal {
  ok: false;
  kind: 'policy' | 'schema' | 'failed';
  message: string;
}

export type Result<T> = { ok: true; value: T } | Refusal;

/** Who asks, as the browser tells it. The payload's own claims about the sender are never used. */
interface Caller {
  /** Scheme and host. */
  origin: string;
  /** Host with port, as `location.host`. */
  host: string;
  /** The frame of a web page that asks; null for pages of the extension. */
  frame: Frame | null;
}

export type Handler<N extends ToBackground> = (payload: Payload<N>, caller: Caller) => Promise<Answers[N]>;

type Protocol = { [N in ToBackground]: (payload: unknown) => Answers[N] | Refusal };

const wire = defineExtensionMessaging<Protocol>();

const refuse = (kind: Refusal['kind'], message: string): Refusal => ({ ok: false, kind, message });

/** The caller when `sender` may send messages marked `from`; else why not. */
async function judge(sender: MessageSender, from: 'content' | 'page'): Promise<Caller | string> {
  if (sender.id !== browser.runtime.id) return 'not from this extension';
  // `origin` cannot be forged by a page; a browser that does not give it gives the frame's own address.
  const origin = originOf(sender.origin ?? sender.url);
  if (origin === null) return 'sender without an origin';
  const own = originOf(browser.runtime.getURL('/'));
  if (from === 'page') {
    if (origin !== own) return 'only for pages of the extension';
    if (sender.frameId !== undefined && sender.frameId !== 0) return 'not from inside a frame';
  } else {
    if (sender.tab?.id === undefined) return 'only from a tab';
    if (webOrigin(origin) === null) return 'only from a web page';
    if (!(await isAllowed(origin))) return 'this host is not allowed';
  }
  const { tab, frameId } = sender;
  const frame = tab?.id === undefined ? null : { tabId: tab.id, frameId: frameId ?? 0 };
  return { origin, host: new URL(origin).host, frame };
}

async function answer<N extends ToBackground>(
  name: N,
  handler: Handler<N>,
  { data, sender }: { data: unknown; sender: MessageSender },
): Promise<Answers[N] | Refusal> {
  const { from, payload } = TO_BACKGROUND[name];
  try {
    const caller = await judge(sender ?? {}, from);
    if (typeof caller === 'string') return refuse('policy', caller);
    const parsed = payload.safeParse(data);
    if (!parsed.success) {
      // Paths and not values: a payload that does not fit may hold anything.
      return refuse('schema', parsed.error.issues.map(({ path }) => path.join('.') || '(message)').join(', '));
    }
    return await handler(parsed.data as Payload<N>, caller);
  } catch (error) {
    console.error(`[dung-hen] ${name}`, error instanceof Error ? error.name : 'failed');
    return refuse('failed', `${name} could not be done`);
  }
}

/**
 * Answers one kind of message, for senders and payloads that TO_BACKGROUND allows. Call it while the background starts
 * (synchronously), else the browser does not wake the background for it. Returns the way to stop.
 */
export function handle<N extends ToBackground>(name: N, handler: Handler<N>): () => void {
  return wire.onMessage(name, (async (message: Message<Protocol, N> & { sender: MessageSender }) =>
    answer(name, handler, message)) as Parameters<typeof wire.onMessage<N>>[1]);
}

const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && (value as { ok?: unknown }).ok === false;

/** Asks the background, from a page of the extension. Never throws. */
export async function send<N extends ToBackground>(name: N, payload: Payload<N>): Promise<Result<Answers[N]>> {
  try {
    const value = (await wire.sendMessage(name, payload as never)) as Answers[N] | Refusal;
    return isRefusal(value) ? value : { ok: true, value };
  } catch {
    return refuse('failed', 'the background did not answer');
  }
}

let sequence = 0;

/**
 * Asks the content scripts of a tab; the first frame with something to say answers. Not through the library: a
 * tab without our script is an everyday answer here, while there it is an unchecked error on the extension's page.
 */
async function sendToTab<N extends ToContent>(
  tabId: number,
  type: N,
  data: z.infer<(typeof TO_CONTENT)[N]['payload']>,
): Promise<unknown> {
  sequence += 1;
  try {
    const response: unknown = await browser.tabs.sendMessage(tabId, {
      id: sequence,
      type,
      data,
      timestamp: Date.now(),
    });
    return (response as { res?: unknown } | undefined)?.res;
  } catch {
    return undefined;
  }
}

/** The health report of the page in a tab; null when no frame answers within `timeout` ms or with nonsense. */
export async function askReport(tabId: number, timeout = 1000): Promise<PageReport | null> {
  const silence = new Promise<undefined>((resolve) => setTimeout(resolve, timeout));
  const report = PageReport.safeParse(await Promise.race([sendToTab(tabId, 'page.report', {}), silence]));
  return report.success ? report.data : null;
}

/** Answers come within this time or not at all; longer than a report, because the page may have to load its second script. */
const LETTER_PATIENCE_MS = 4000;

async function inTime(answer: Promise<unknown>): Promise<unknown> {
  const silence = new Promise<undefined>((resolve) => setTimeout(resolve, LETTER_PATIENCE_MS));
  return Promise.race([answer, silence]);
}

/** Code of the dossier that the person is at in a tab, or null. */
export async function askDossierInFocus(tabId: number): Promise<string | null> {
  const code = await inTime(sendToTab(tabId, 'letter.which', {}));
  return typeof code === 'string' && code !== '' && code.length <= 120 ? code : null;
}

/**
 * What a letter is drafted from, read from the page of a tab at this moment; null when the page does not show that dossier (any
 * more). Holds personal data: for the page that drafts, and for nothing else.
 */
export async function askLetterFacts(tabId: number, code: string): Promise<LetterFacts | null> {
  const facts = LetterFacts.safeParse(await inTime(sendToTab(tabId, 'letter.facts', { code })));
  return facts.success ? facts.data : null;
}

/** What the page of a tab shows of a dossier at this moment, without any person; null when it does not show it. */
export async function askShownDossier(tabId: number, code: string): Promise<ShownDossier | null> {
  const shown = ShownDossier.safeParse(await inTime(sendToTab(tabId, 'check.record', { code })));
  return shown.success ? shown.data : null;
}

/** Tells the open tabs of a host (with port) that it was paused or resumed. */
export async function announcePause(host: string, paused: boolean): Promise<void> {
  const tabs = await tabsOf(host);
  await Promise.all(tabs.map(({ id }) => (id === undefined ? undefined : sendToTab(id, 'page.paused', { paused }))));
}
