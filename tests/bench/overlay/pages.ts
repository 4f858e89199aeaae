import type { Page } from 'playwright-core';
import type { Sandbox } from '../../sandbox/server.ts';

/** A list page of the sandbox city, and where its facts stand: for the stand-ins, which know nothing by themselves. */
export interface BenchPage {
  label: string;
  url(urls: Sandbox['urls'], size: number): string;
  rows: string;
  cells: { code: string; received: string; due: string; status: string };
  /** A cell whose text the lively page rewrites. */
  changing: string;
}

/** Rows made on the server: the page itself runs no script, so what is measured is ours. */
export const WEBFORMS: BenchPage = {
  label: 'server-rendered list (ASP.NET-like)',
  url: ({ webforms }, size) => `${webforms}/HoSo/DanhSach.aspx?size=${size}`,
  rows: '.GridItem, .GridAltItem',
  cells: {
    code: 'td:nth-child(3)',
    received: 'td:nth-child(6)',
    due: 'td:nth-child(7)',
    status: 'td:nth-child(8)',
  },
  changing: 'td:nth-child(5)',
};

/** Rows made in the page from an answer, which our observer takes along: port, validation and merge are in the cost. */
export const IGATE: BenchPage = {
  label: 'single-page list with JSON (iGate-like, Angular)',
  url: ({ igate }, size) => `${igate}/vi/dossier/search?size=${size}`,
  rows: '.cdk-row',
  cells: {
    code: '.cdk-column-code',
    received: '.cdk-column-acceptedDate',
    due: '.cdk-column-appointmentDate',
    status: '.cdk-column-status',
  },
  changing: '.cdk-column-procedureName',
};

/**
 * A lively page: a clock, a counter, a spinner, all outside the rows; in each tenth frame one row says something new.
 * Runs in the page's world, as a host's own script would.
 */
export async function liveliness(page: Page, { rows, changing }: BenchPage, frames: number): Promise<void> {
  await page.evaluate(
    async (given) => {
      const box = document.createElement('div');
      for (let i = 0; i < 20; i++) box.append(document.createElement('span'));
      document.body.append(box);
      const found = [...document.querySelectorAll(given.rows)];
      for (let frame = 0; frame < given.frames; frame++) {
        await new Promise(requestAnimationFrame);
        for (const span of box.children) {
          span.textContent = String(frame);
          span.setAttribute('data-frame', String(frame));
        }
        if (frame % 10 !== 0) continue;
        const cell = found[(frame * 7) % found.length]?.querySelector(given.changing);
        const text = cell?.querySelector('span') ?? cell;
        if (text) text.textContent = `${text.textContent}.`;
      }
      box.remove();
    },
    { rows, changing, frames },
  );
}
