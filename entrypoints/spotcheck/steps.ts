import type { Spotcheck } from '../../lib/platform/index.ts';
import type { FrozenList } from '../../lib/sampling/index.ts';

/** What the steps of an opened spot check are given. */
export interface StepProps {
  value: Spotcheck;
  /** Keeps it; resolves once it is on the disk. */
  save(next: Spotcheck): Promise<void>;
  /** The list that it was drawn from; null: this machine does not have it. */
  list(): Promise<FrozenList | null>;
}
