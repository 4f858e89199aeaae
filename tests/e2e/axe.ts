import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Nothing but colours differs in the dark: the other rules have spoken in the light, and take most of the time. */
const DARK_RULES = ['color-contrast', 'color-contrast-enhanced', 'link-in-text-block'];

/** What axe has to say of a page, as `rule: element`; empty when it has nothing. In the dark, after the light, only of colours. */
export async function axeFaults(page: Page, scheme?: 'light' | 'dark', exclude?: string): Promise<string[]> {
  if (scheme) await page.emulateMedia({ colorScheme: scheme });
  const builder = new AxeBuilder({ page });
  if (exclude !== undefined) builder.exclude(exclude);
  if (scheme === 'dark') builder.withRules(DARK_RULES);
  const { violations } = await builder.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
