import type { PlacedFinding } from '../../server/src/baseline/baseline.ts';
import { finding } from '../cli/outcomes.ts';

/**
 * Findings from lines of `FILE RULE RESOURCE AT VALUE PARTS`, of which the last ones can be missing. Parts are
 * separated by commas; `-` is none. A resource `-` is none. Their order is their order in the documents.
 */
export function findingsIn(...lines: readonly string[]): readonly PlacedFinding[] {
  return lines.map((line, index) => {
    const [path = '', rule = '', resource = '-', at = '', value = 'absent', parts] = line.split(' ');
    return {
      path,
      finding: finding(
        `file:///w/${path}`,
        { start: index, end: index + 1 },
        {
          rule,
          resource: resource === '-' ? null : resource,
          canonicalPath: at,
          valueHash: value,
          decidedBy: parts?.split(',').filter((part) => part !== '-'),
        },
      ),
    };
  });
}
