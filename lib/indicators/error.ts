/** What stands in the way of the figures, in Vietnamese and ready to show. */
export class IndicatorsError extends Error {}
