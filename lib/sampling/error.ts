export type SamplingFault = 'empty' | 'code' | 'duplicate' | 'single' | 'size' | 'seed' | 'plan' | 'changed' | 'record';

/** What stands in the way of a sample, in Vietnamese and ready to show. */
export class SamplingError extends Error {
  readonly fault: SamplingFault;

  constructor(fault: SamplingFault, message: string) {
    super(message);
    this.fault = fault;
  }
}
