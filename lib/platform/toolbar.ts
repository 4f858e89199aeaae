import { browser } from './browser.ts';

export interface ToolbarLook {
  /** At most four characters fit; empty for none. */
  text: string;
  title: string;
  /** `#rrggbb` */
  colour: string;
}

/** What the toolbar button shows. */
export async function setToolbar({ text, title, colour }: ToolbarLook): Promise<void> {
  const { action } = browser;
  await action.setBadgeText({ text });
  await action.setTitle({ title });
  await action.setBadgeBackgroundColor({ color: colour });
  await action.setBadgeTextColor?.({ color: '#ffffff' });
}
