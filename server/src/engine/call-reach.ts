/** The reach of a rule call, by what it read and reported. */
import { FoundPlaces, placesOfReads } from './found-places.ts';
import type { ReadPlaces } from './fact-reads.ts';
import type { PlaceTexts } from './report.ts';
import { reportedResource, type RuleCall } from './rule-calls.ts';
import { unitedReads, type CallReach } from './rule-reach.ts';
import type { TracedCall, TracedReport } from './rule-trace.ts';

/** The places that a call reads and reports. */
export function reachOf(call: RuleCall, { reads, facts, drafts, reports }: TracedCall, places: PlaceTexts): CallReach {
  const own = placesOfReads(places, reads, drafts);
  return {
    ...(facts.length === 0 ? own : unitedReads([own, ...facts.map((fact) => fact.places)])),
    judged: judgedPlaces(call, reports ?? [], places),
    finds: drafts.length > 0,
  };
}

/**
 * The places of the values that a call judges. A rule about a resource judges all that it reads of it (`verdicts.ts`).
 */
function judgedPlaces(call: RuleCall, reports: readonly TracedReport[], places: PlaceTexts): ReadPlaces {
  const found = new FoundPlaces(places);
  const { rule, subject } = call;
  for (const { report } of reports)
    for (const { at } of report.violations) {
      found.addValue(at, reportedResource(call, report));
      if (rule.on === 'resource') for (const part of subject?.parts ?? []) found.addPart(part);
    }
  return found.all();
}
