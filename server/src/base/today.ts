/**
 * The day on which an analysis is made, so that a date in a document can be past. The core has no clock: the command
 * line and the server set the date for each request, and a test sets the date that it needs. The core is synchronous,
 * so the current date can be kept here instead of being passed through every evaluation.
 */

/** The date of a run without a given date: it is past everywhere. */
const EARLIEST = Date.UTC(2026, 0);

let now = EARLIEST;

/** The last parsed date. Each step of an analysis needs it. */
let last: { readonly day: string; readonly moment: number } | undefined;

function momentOf(day: string): number {
  if (last?.day !== day) last = { day, moment: Date.parse(day) };
  return last.moment;
}

/** Carries out work as of a day, as `2026-11-24`; as of the current date if none is given. */
export function onDay<T>(day: string | undefined, work: () => T): T {
  const moment = day === undefined ? NaN : momentOf(day);
  if (Number.isNaN(moment)) return work();
  const before = now;
  now = moment;
  try {
    return work();
  } finally {
    now = before;
  }
}

/** The beginning of the current date in UTC, in milliseconds since 1970: earlier dates are past. */
export function startOfToday(): number {
  return now;
}

/** Whether a text is a date of the calendar, as `2026-11-24`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const moment = Date.parse(text);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
}
