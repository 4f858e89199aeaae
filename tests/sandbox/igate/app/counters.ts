import { Injectable, inject } from '@angular/core';
import { Gateway } from './gateway.ts';

/** The numbers beside the menu entries. */
export class Counters {
  private readonly gateway = inject(Gateway);
  private counts: Record<string, number> = {};

  load(): void {
    this.gateway.counts().subscribe((list) => {
      for (const { path, count } of list) this.counts[path] = count;
    });
  }

  of(path: string): number {
    return this.counts[path] ?? 0;
  }
}
Injectable({ providedIn: 'root' })(Counters);
