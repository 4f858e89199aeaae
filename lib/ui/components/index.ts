export * from './badge.tsx';
export * from './button.tsx';
export * from './chip.tsx';
export * from './empty.tsx';
export * from './live-region.tsx';
export * from './strip.tsx';
export * from './switch.tsx';
export * from './tabs.tsx';
