import type { Fix } from '../../../model/edit.ts';
import { all, is, judgement, type Predicate } from '../../../model/judgement.ts';
import type { Condition } from '../../../model/policy.ts';
import { oneOfIgnoringCase } from '../../../model/predicate.ts';
import { always } from '../../../model/quantified.ts';
import { shown } from '../../../model/shown.ts';
import type { Leaf } from '../../../model/value.ts';
import { dateText, isBase64, isDate, isEpoch, momentOf, numberOf } from '../../../policy/text/condition-text.ts';
import type { OperatorFamily } from '../../../policy/text/condition-operator.ts';
import {
  conditionsOf,
  isFixed,
  knownText,
  listedValues,
  literalMeets,
  literalFails,
} from '../../../policy/condition/conditions.ts';
import { analyzerAliases, severityOf, type Code } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-value-syntax',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['condition'] },
  topic: 'identity',
  severity: 'low',
  profile: 'recommended',
  judged: '2026-11-26',
  title: 'Condition values should have the data type of their operator',
  keywords: [
    'value syntax',
    'invalid condition value',
    'Bool',
    'Null',
    'ISO 8601 date',
    'epoch time',
    'NumericEquals',
    'BinaryEquals',
    'base64',
  ],
  why: 'A value that is not a valid number, date or boolean matches no request, so the statement does not have the intended effect.',
  remedy:
    'Use true or false for Bool and Null, digits for numbers, dates such as 2026-11-26T00:00:00Z, and base64 for BinaryEquals.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Values have to be of the type of the operator: true or false, a number, a date, base64; a date in seconds may not mean what is expected.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html':
      'Dates are in a W3C form of ISO 8601 or in epoch time; binary values are in base64; Null accepts true or false.',
  },
  aliases: analyzerAliases(
    'TYPE_MISMATCH_BOOLEAN',
    'TYPE_MISMATCH_DATE',
    'TYPE_MISMATCH_NUMBER',
    'TYPE_MISMATCH_STRING',
    'INVALID_DATE_VALUE',
  ),
  fix: 'safe',
  *check(policy) {
    for (const { condition, operator, key, there } of conditionsOf(policy)) {
      const kinds = operator && KINDS[operator.family];
      if (!kinds) continue;
      for (const { code, isWrong, words } of kinds)
        for (const { value, when } of listedValues(condition)) {
          // That key is the number of seconds itself.
          if (code === 'INVALID_DATE_VALUE' && key === 'aws:epochtime') continue;
          const wrong = all(there, judgement(when), literalMeets(value, isWrong));
          yield {
            violations: [{ wrong, at: value, aliases: analyzerAliases(code) }],
            ...severityOf(code),
            message: (written) => `In ${policy.host.displayName}, the value ${written} ${words(condition.key)}.`,
            fixes: (leaf) =>
              fixesOf(code, condition, leaf).map(({ title, safe, text }): Fix =>
                isListed(condition, text, leaf)
                  ? {
                      title: `Remove ${shown(leaf)} (${text} is also listed)`,
                      safe,
                      edits: [{ op: 'removeItem', resource: policy.host, target: leaf }],
                    }
                  : { title, safe, edits: [{ op: 'replace', resource: policy.host, target: leaf, value: text }] },
              ),
          };
        }
    }
  },
});

/** Whether a condition always lists a string in addition to a value, so that the fix would duplicate it. */
function isListed(condition: Condition, text: string, leaf: Leaf): boolean {
  return listedValues(condition).some(
    ({ value, when }) => value !== leaf && always(when) && always(is(value, oneOfIgnoringCase(text))),
  );
}

interface Kind {
  readonly code: Code;
  readonly isWrong: Predicate;
  /** The rest of the message: the problem, its consequence, and the remedy. */
  readonly words: (key: string) => string;
}

const BOOLEANS: readonly Kind[] = [
  {
    code: 'TYPE_MISMATCH_BOOLEAN',
    isWrong: literalFails((text) => /^(?:true|false)$/i.test(text)),
    words: (key) => `is not a boolean. ${key} never has this value; use true or false`,
  },
];

const KINDS: Readonly<Partial<Record<OperatorFamily, readonly Kind[]>>> = {
  Bool: BOOLEANS,
  Null: BOOLEANS,
  Numeric: [
    {
      code: 'TYPE_MISMATCH_NUMBER',
      isWrong: literalFails((text) => numberOf(text) !== undefined),
      words: (key) => `is not a number. ${key} never has this value; use digits only`,
    },
  ],
  Binary: [
    {
      code: 'TYPE_MISMATCH_STRING',
      isWrong: literalFails(isBase64),
      words: (key) => `is not base64. ${key} never has this value; encode it`,
    },
  ],
  Date: [
    {
      code: 'TYPE_MISMATCH_DATE',
      isWrong: literalFails((text) => isEpoch(text) || isDate(text) !== false),
      words: (key) => `is not an ISO 8601 date. ${key} never has this value; use the form 2026-11-26T00:00:00Z`,
    },
    {
      code: 'INVALID_DATE_VALUE',
      isWrong: literalFails((text) => !isEpoch(text)),
      words: (key) => `is a Unix timestamp. For ${key}, the form 2026-11-26T00:00:00Z is easier to review`,
    },
  ],
};

/** The possible replacements of a value. */
function fixesOf(
  code: Code,
  condition: Condition,
  leaf: Leaf,
): readonly { readonly title: string; readonly safe: boolean; readonly text: string }[] {
  if (code === 'INVALID_DATE_VALUE') {
    const date = dateOf(leaf);
    return date === undefined
      ? []
      : [{ title: `Change to ${date} (the same time)`, safe: isFixed(condition, leaf), text: date }];
  }
  const text = knownText(leaf) ?? '';
  const intended = MEANT[code]?.(text);
  return intended === undefined
    ? []
    : [{ title: `Change to ${intended} (the condition can then match)`, safe: false, text: intended }];
}

/** The likely intended value for one in an unsupported format. */
const MEANT: Readonly<Partial<Record<Code, (text: string) => string | undefined>>> = {
  TYPE_MISMATCH_BOOLEAN: booleanOf,
  // IAM does not support thousands separators such as commas and blanks.
  TYPE_MISMATCH_NUMBER: (text) =>
    /^-?\d{1,3}(?:[ _,]\d{3})+$/.test(text.trim()) ? text.replace(/[,_\s]/g, '') : undefined,
  // Only dates that begin with the year have an unambiguous order.
  TYPE_MISMATCH_DATE: (text) => {
    const [, year, month, day, time = '00:00:00'] =
      /^(\d{4})[-/.](\d{2})[-/.](\d{2})(?:[ T](\d{2}:\d{2}:\d{2})Z?)?$/.exec(text.trim()) ?? [];
    const date = `${year}-${month}-${day}T${time}Z`;
    return year !== undefined && isDate(date) === true ? date : undefined;
  },
};

function booleanOf(text: string): 'true' | 'false' | undefined {
  const word = text.replace(/^[\s"']+|(?<![\s"'])[\s"']+$/g, '').toLowerCase();
  return /^(?:true|t|yes|y|on|1)$/.test(word) ? 'true' : /^(?:false|f|no|n|off|0)$/.test(word) ? 'false' : undefined;
}

function dateOf(leaf: Leaf): string | undefined {
  const text = knownText(leaf);
  const moment = text === undefined ? undefined : momentOf(text);
  return moment === undefined ? undefined : dateText(moment);
}
