/** Locations in SARIF. Paths are relative to the repository, because GitHub and others expect this. */
import { relative, sep } from 'node:path';
import type { ArtifactLocation, Location, LogicalLocation, PhysicalLocation, Region } from 'sarif';
import type { Range, Span, Uri } from '../../../base/span.ts';
import { isWithinFolder } from '../../../host/confine.ts';
import { pathOf, uriOf } from '../../../host/uri.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Places } from '../../places.ts';
import { regionOf } from '../../places.ts';

/** The name of the base of relative paths, as other tools call it. */
export const BASE = '%SRCROOT%';

/** A file: relative to the base, else absolute. */
export function artifactOf(doc: Uri, base: string): ArtifactLocation {
  const path = pathOf(doc);
  if (path === undefined) return { uri: doc };
  if (!isWithinFolder(path, base)) return { uri: uriOf(path) };
  return { uri: relative(base, path).split(sep).map(encodeURIComponent).join('/') || '.', uriBaseId: BASE };
}

/** The folder of relative paths, which ends in a slash. */
export function baseLocation(base: string): ArtifactLocation {
  return { uri: `${uriOf(base).replace(/\/$/, '')}/`, description: { text: 'The root of the repository.' } };
}

/** A region with the end after its last character. An empty one is a place between two characters. */
export function sarifRegion(doc: Uri, range: Range, places: Places): Region {
  const { line, column, endLine, endColumn } = regionOf({ doc, ...range }, places);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/**
 * A range of a document as a physical location (3.29 of the standard). `base` is the absolute path that file paths are
 * relative to.
 */
export function physicalLocation(at: Span, places: Places, base: string): PhysicalLocation {
  return { artifactLocation: artifactOf(at.doc, base), region: sarifRegion(at.doc, at, places) };
}

/** The place of a finding, with its resource. */
export function locationOf(finding: Finding, places: Places, base: string): Location {
  const logical = logicalLocation(finding);
  return {
    physicalLocation: physicalLocation(finding.at, places, base),
    ...(logical ? { logicalLocations: [logical] } : {}),
  };
}

function logicalLocation({ resource, resourceType, construct }: Finding): LogicalLocation | undefined {
  if (resource === null) return undefined;
  return {
    fullyQualifiedName: resource,
    kind: 'resource',
    ...(resourceType === null && construct === undefined
      ? {}
      : {
          properties: {
            ...(resourceType === null ? {} : { type: resourceType }),
            ...(construct === undefined ? {} : { construct }),
          },
        }),
  };
}
