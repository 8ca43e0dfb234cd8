import { readConfiguration } from '../../server/src/config/read-configuration.ts';
import type { AnalysisOptions } from '../../server/src/engine/analysis.ts';
import { analyze } from '../../server/src/engine/analyze.ts';
import { documentStack, stacksOf } from '../../server/src/engine/analyzed-stacks.ts';
import { documentRules } from '../../server/src/engine/configured-rules.ts';
import { ParseCache } from '../../server/src/engine/parse-cache.ts';
import { propertyStatus } from '../../server/src/engine/property-status.ts';
import { collect } from '../../server/src/engine/run.ts';
import type { Card } from '../../server/src/hover/card.ts';
import {
  hoverAt,
  ownershipAt,
  type HoverLevel,
  type HoverRequest,
} from '../../server/src/hover/responsibility/hover.ts';
import { memoryReader } from '../kit/memory-reader.ts';

/**
 * The card at an offset of a document that is alone. With `toys` they are all that is known of ownership; without, the
 * program's data is.
 * @param configuration The text of the configuration.
 */
export function cardAt(
  name: string,
  text: string,
  offset: number,
  level: HoverLevel = 'security',
  toys?: Readonly<Record<string, unknown>>,
  configuration?: string,
): Card | undefined {
  return hoverAt(requestsOf(name, text, level, toys, configuration)(offset));
}

/** The same for any offset. */
export function cardsOf(
  name: string,
  text: string,
  level: HoverLevel = 'security',
  toys?: Readonly<Record<string, unknown>>,
): (offset: number) => Card | undefined {
  const requestAt = requestsOf(name, text, level, toys);
  return (offset) => hoverAt(requestAt(offset));
}

/** The page about the responsibilities for the resource at an offset. */
export function ownershipPage(
  name: string,
  text: string,
  offset: number,
  toys?: Readonly<Record<string, unknown>>,
): string | undefined {
  return ownershipAt(requestsOf(name, text, 'all', toys)(offset));
}

function requestsOf(
  name: string,
  text: string,
  level: HoverLevel,
  toys?: Readonly<Record<string, unknown>>,
  configured = '',
): (offset: number) => HoverRequest {
  const doc = `file:///w/${name}`;
  const reader = memoryReader(new Map([[doc, text]]));
  const cache = new ParseCache();
  const { configuration } = readConfiguration('file:///w/.stackwarden.yaml', configured);
  const options: AnalysisOptions = { profile: 'strict', certainty: 'certain', configuration };
  const snapshot = collect(reader, [doc], options, cache);
  const { findings } = analyze(snapshot, options, cache).documents[0]!;
  const data = (wanted: string): unknown =>
    toys?.[wanted] ?? (toys && wanted.startsWith('ownership/') ? null : reader.data(wanted));
  const analyzed = stacksOf(snapshot, options, cache);
  const inspected = documentStack(analyzed, doc)!;
  const statusOf = propertyStatus(inspected.stack, analyzed.documents, options);
  const { isOn } = documentRules(options, doc);
  return (offset) => ({
    ...inspected,
    offset,
    level,
    findings: () => findings,
    statusOf,
    isOn,
    today: '2026-11-24',
    data,
  });
}
