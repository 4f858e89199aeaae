export interface FileFinding {
  severity: 'info' | 'warn' | 'error';
  /** Stable, for lists and tests: `scan-dpi`, `blank-page` … */
  code: string;
  text: string;
  /** Where a threshold comes from. */
  source?: string;
}

/** One fact beside its name. */
export interface Row {
  name: string;
  text: string;
  /** Names a person: for the screen, and in an export only when asked for. */
  personal?: boolean;
}
