import { browser as api, type Browser } from 'wxt/browser';

export type { Browser };

/** Firefox's side bar; Chromium has `sidePanel` instead, and the types that we build with know only that one. */
interface SidebarAction {
  open(): Promise<void>;
}

/** The browser API. Nothing outside this folder imports it from anywhere else. */
export const browser = api as typeof api & { sidebarAction?: SidebarAction };

export type MessageSender = Browser.runtime.MessageSender;
export type Tab = Browser.tabs.Tab;
