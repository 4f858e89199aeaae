import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/**
 * Draws public/icon/*.png: `node scripts/icons.ts`. A clock face whose hands are a tick: on time. Small sizes leave
 * out the ring, which would be a blur there.
 */

const OUT = join(import.meta.dirname, '..', 'public', 'icon');
const SIZES = [16, 32, 48, 128];
const BLUE = '#0b4a94';

function drawing(size: number): string {
  const small = size <= 16;
  const ring = small ? '' : '<circle cx="64" cy="64" r="43" fill="none" stroke="#fff" stroke-width="9"/>';
  const tick = small ? 'M28 66 L54 92 L102 38' : 'M44 65 L60 81 L88 49';
  const width = small ? 18 : 12;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128" width="${size}" height="${size}">
    <rect x="2" y="2" width="124" height="124" rx="28" fill="${BLUE}"/>${ring}
    <path d="${tick}" fill="none" stroke="#fff" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>
  </svg>`;
}

mkdirSync(OUT, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage();
for (const size of SIZES) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${drawing(size)}`);
  writeFileSync(join(OUT, `${size}.png`), await page.screenshot({ omitBackground: true }));
}
await browser.close();
