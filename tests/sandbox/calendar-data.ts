/**
 * Days off and working Saturdays of civil servants (Monday–Friday week), copied by hand for the oracle, so that
 * the oracle shares no data file with the code under test.
 *
 * Sources: 2024 – notices TB 5015/TB-LĐTBXH and 1570/TB-LĐTBXH; 2025 – TB 6150/TB-BLĐTBXH; 2026 – TB 9441/TB-BNV,
 * CV 12729/VPCP-KGVX, CV 3383/BNV-CVL and NQ 28/2026/QH16 (24 November); 2027 – NOT ANNOUNCED: the certain days,
 * and of the open choices the first one (Tết 2+3: 2027-02-04; second National Day: 2027-09-01).
 */

export interface YearTable {
  off: readonly string[];
  workingSaturdays: readonly string[];
}

export const CALENDAR: Readonly<Record<number, YearTable>> = {
  2024: {
    off: [
      '2024-01-01',
      '2024-02-08',
      '2024-02-09',
      '2024-02-12',
      '2024-02-13',
      '2024-02-14',
      '2024-04-18',
      '2024-04-29',
      '2024-04-30',
      '2024-05-01',
      '2024-09-02',
      '2024-09-03',
    ],
    workingSaturdays: ['2024-05-04'],
  },
  2025: {
    off: [
      '2025-01-01',
      '2025-01-27',
      '2025-01-28',
      '2025-01-29',
      '2025-01-30',
      '2025-01-31',
      '2025-04-07',
      '2025-04-30',
      '2025-05-01',
      '2025-05-02',
      '2025-09-01',
      '2025-09-02',
    ],
    workingSaturdays: ['2025-04-26'],
  },
  2026: {
    off: [
      '2026-01-01',
      '2026-01-02',
      '2026-02-16',
      '2026-02-17',
      '2026-02-18',
      '2026-02-19',
      '2026-02-20',
      '2026-04-27',
      '2026-04-30',
      '2026-05-01',
      '2026-08-31',
      '2026-09-01',
      '2026-09-02',
      '2026-11-24',
    ],
    workingSaturdays: ['2026-01-10', '2026-08-22'],
  },
  2027: {
    off: [
      '2027-01-01',
      '2027-02-04',
      '2027-02-05',
      '2027-02-08',
      '2027-02-09',
      '2027-02-10',
      '2027-04-16',
      '2027-04-30',
      '2027-05-03',
      '2027-09-01',
      '2027-09-02',
      '2027-11-24',
    ],
    workingSaturdays: [],
  },
};
