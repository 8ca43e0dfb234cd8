import { QUOTAS, type QuotaName } from '../model/quota.ts';
import type { Node } from '../syntax/tree.ts';
import type { Configuration } from './configuration.ts';
import { didYouMean } from './nearest-name.ts';
import { settingMap, settingNumber, pairsOf, placeOf, type ReportError } from './nodes.ts';
import { unknownKey } from './repair.ts';

/** The configured policy size quotas. Invalid entries are reported, and the default applies. */
export function readQuotas(node: Node, say: ReportError): Configuration['quotas'] {
  const quotas: Partial<Record<QuotaName, number>> = {};
  const known = Object.keys(QUOTAS);
  for (const pair of pairsOf(settingMap(node, '"quotas"', say), say)) {
    const name = known.find((one) => one === pair.name) as QuotaName | undefined;
    if (!name) {
      say(
        pair.key,
        `Unknown quota "${pair.name}".${didYouMean(pair.name, known)} Supported: ${known.join(', ')}.`,
        unknownKey(pair, known),
      );
      continue;
    }
    const value = settingNumber(pair.value);
    if (value === undefined)
      say(placeOf(pair), `Expected "${name}" to be a number of ${QUOTAS[name].unit}, such as ${QUOTAS[name].usual}.`);
    else quotas[name] = value;
  }
  return quotas;
}
