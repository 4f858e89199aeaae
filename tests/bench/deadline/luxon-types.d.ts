/** What the bench calls of a library that ships no types. */
declare module 'luxon-business-days' {
  interface DateTime {
    readonly year: number;
    readonly month: number;
    readonly day: number;
    setupBusiness(setup: { businessDays: number[]; holidayMatchers: ((day: DateTime) => boolean)[] }): void;
    plusBusiness(amount: { days: number }): DateTime;
    toMillis(): number;
  }
  const library: { DateTime: { fromMillis(ms: number): DateTime } };
  export default library;
}
