/**
 * `npm run bench [-- name …]`: what the product costs, beside stand-ins in the same run. Reports, never judges by a clock:
 * machines differ, ratios hold.
 */
const BENCHES: Record<string, () => Promise<{ bench(): Promise<void> }>> = {
  overlay: () => import('./overlay/bench.ts'),
};

const chosen = process.argv.slice(2);
const names = chosen.length > 0 ? chosen : Object.keys(BENCHES);
for (const name of names) {
  const load = BENCHES[name];
  if (!load) {
    console.error(`Không có phép đo «${name}». Có: ${Object.keys(BENCHES).join(', ')}.`);
    process.exit(2);
  }
  const { bench } = await load();
  await bench();
}

export {};
