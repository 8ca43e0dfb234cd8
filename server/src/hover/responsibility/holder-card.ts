/** The card of an object or block that has no card of its own. */
import { flatMap } from '../../base/flat-map.ts';
import type { Resource } from '../../model/resource.ts';
import type { Card } from '../card.ts';
import type { CitedCard } from '../composed-card.ts';
import { holderAt } from '../holder-target.ts';
import { instancesOf, instancesText, linesOfInstances } from '../instances.ts';
import { propertyOf, propertyPaths, titleName } from '../property.ts';
import { withState } from '../state-lines.ts';
import { changeLine, citing, firstOf, headingOf, cardContextOf } from './card-parts.ts';
import { heldLines } from './held-lines.ts';
import type { HoverRequest } from './hover.ts';

/** How the properties in an object are configured; undefined if none of them has a card. */
export function holderCard(resource: Resource, own: CitedCard | undefined, request: HoverRequest): Card | undefined {
  const paths = propertyPaths(resource.type, own);
  const stated = own ? withState(own, resource.type, request.data) : undefined;
  const general = flatMap(stated?.card.here ?? [], (line) => ('path' in line ? [line] : []));
  const all = [...new Set([...paths, ...flatMap(general, ({ path }) => path ?? [])])];
  const target = holderAt(resource, all, request);
  if (!target) return undefined;
  const usual = titleName(resource, target.path);
  const cited = citing(stated?.citations ?? {});
  const instances = instancesOf(request.stack, resource);
  const lines = linesOfInstances(instances, (one) => {
    const at = one === resource ? target : holderAt(one, all, request);
    if (!at) return [];
    return heldLines(at, {
      paths: new Set(paths),
      lineOf: (path) => propertyOf(one, path, own, request.data).card.here,
      ofType: (path) => general.filter((line) => line.path === path),
      here: cardContextOf(request, one, cited),
      text: request.tree.text,
    });
  });
  if (lines.length === 0) return undefined;
  const verdicts = flatMap(target.held, (path) => {
    const { card, citations } = propertyOf(resource, path, own, request.data);
    return firstOf(card.verdict, resource, citing(citations))?.cite ?? [];
  });
  return {
    title: `${usual.endsWith(target.name) ? usual : target.name} (${resource.nativeType})`,
    verdict: { text: 'settings that are your responsibility', cite: verdicts },
    lines: [...changeLine(resource, target.path, request), ...lines],
    heading: `${headingOf(resource)}${instancesText(instances)}`,
    range: target.range,
  };
}
