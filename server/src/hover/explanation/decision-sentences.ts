/** Decisions of rules as sentences, independent of Markdown or plain text. */
import { flatMap } from '../../base/flat-map.ts';
import { lowerFirst } from '../../base/words.ts';
import { includesProfile, type Profile } from '../../model/profile.ts';
import { scenario } from '../../model/scenario.ts';
import { verdictRank, type Decision, type FoundVerdict, type Undecided, type Verdict } from './decision.ts';
import type { ShortText } from './short-value.ts';
import type { SentencePiece, Sentence } from './sentences.ts';

/** The requested scope of an explanation. */
export interface ExplanationScope {
  readonly profile: Profile;
  /** Whether the explanation is shown below a card: then only the decisions of rules are shown. */
  readonly beside?: boolean;
}

/**
 * The decisions about the position itself, in at most five lines: one per rule with a finding or an unknown value, one
 * for all rules without a finding. Rules that do not apply are left out.
 */
export function decisionsInShort(all: readonly Decision[], scope: ExplanationScope): readonly Sentence[] {
  const own = all.filter(({ here }) => here.length > 0).toSorted((a, b) => verdictRank(a.here) - verdictRank(b.here));
  // The card names the rule, and the document shows the finding.
  const decisions = scope.beside
    ? own.filter(({ here }) => !here.every((verdict) => verdict.what === 'found' && verdict.unreported === undefined))
    : own;
  const of = (...what: readonly Verdict['what'][]): readonly Decision[] =>
    decisions.filter(({ here: [first] }) => what.includes(first!.what));
  const reported = of('found', 'unclear');
  const last = [...named('no finding', of('fine')), ...named('failed', of('failed'))];
  const room = MOST_LINES - last.length;
  const shown = reported.length > room ? reported.slice(0, room - 1) : reported;
  return [
    ...shown.map((decision): Sentence => ({
      depth: 0,
      pieces: [
        { rule: decision.rule },
        ': ',
        ...flatMap(distinct(decision.here).slice(0, 3), ({ pieces }, index) => [
          ...(index > 0 ? ['; '] : []),
          ...pieces,
        ]),
      ],
    })),
    ...(reported.length > shown.length
      ? [{ depth: 0, pieces: [`and ${reported.length - shown.length} more rules`] }]
      : []),
    ...last,
  ];
}

/** One line for several rules with the same verdict. */
function named(words: string, rules: readonly Decision[]): readonly Sentence[] {
  if (rules.length === 0) return [];
  const pieces = flatMap(rules.slice(0, MOST_NAMED), ({ rule }, index): SentencePiece[] => [
    ...(index > 0 ? [', '] : []),
    { rule },
  ]);
  return [
    {
      depth: 0,
      pieces: [
        `${words}: `,
        ...pieces,
        ...(rules.length > MOST_NAMED ? [` and ${rules.length - MOST_NAMED} more`] : []),
      ],
    },
  ];
}

const MOST_NAMED = 4;
const MOST_LINES = 5;

/** The decisions of rules in full. */
export function decisionsInFull(decisions: readonly Decision[], scope: ExplanationScope): readonly Sentence[] {
  return flatMap(decisions, (decision): Sentence[] => [
    { depth: 0, pieces: [{ rule: decision.rule }, `: ${decision.title}`, ...beyond(decision, scope)] },
    ...flatMap(distinct(decision.verdicts, true), ({ verdict, pieces }): Sentence[] => [
      { depth: 1, pieces },
      ...(verdict.what === 'found' ? foundSentences(verdict) : []),
    ]),
    ...(decision.read.length > 0
      ? [
          {
            depth: 1,
            pieces: [
              'Evaluated: ',
              ...listed(decision.read.map(({ path, value }) => [`${path} (`, valuePiece(value), ')'])),
            ],
          },
        ]
      : []),
    ...(decision.assumed.length > 0
      ? [
          {
            depth: 1,
            pieces: [
              'Account settings: ',
              ...listed(
                decision.assumed.map(({ name, value }) => [
                  `${name} (${value === 'not stated' ? 'not stated' : String(value)})`,
                ]),
              ),
            ],
          },
        ]
      : []),
  ]);
}

/** The message of a finding, and why it has no fix. */
function foundSentences({ message, noFix }: FoundVerdict): readonly Sentence[] {
  return [
    { depth: 2, pieces: [message.replace(/^Possible: /, '')] },
    ...(noFix === undefined ? [] : [{ depth: 2, pieces: [`No fix available: ${noFix}`] }]),
  ];
}

/** The maximum number of values listed in one sentence. */
const MOST_READ = 8;

function listed(all: readonly (readonly SentencePiece[])[]): readonly SentencePiece[] {
  return [
    ...flatMap(all.slice(0, MOST_READ), (pieces, index) => [...(index > 0 ? [', '] : []), ...pieces]),
    ...(all.length > MOST_READ ? [` and ${all.length - MOST_READ} more`] : []),
  ];
}

/** Verdicts with their text, without duplicates. */
function distinct(
  verdicts: readonly Verdict[],
  full = false,
): readonly { readonly verdict: Verdict; readonly pieces: readonly SentencePiece[] }[] {
  const all = new Map<string, { readonly verdict: Verdict; readonly pieces: readonly SentencePiece[] }>();
  for (const verdict of verdicts) {
    const pieces = verdictPieces(verdict, full);
    const key = JSON.stringify(pieces);
    if (!all.has(key)) all.set(key, { verdict, pieces });
  }
  return [...all.values()];
}

function verdictPieces(verdict: Verdict, full = false): readonly SentencePiece[] {
  switch (verdict.what) {
    case 'not-applicable':
      return ['not applicable'];
    case 'failed':
      return ['failed with an internal error; please report it'];
    case 'found': {
      const { certainty, unreported, noFix } = verdict;
      return [
        `${certainty === 'certain' ? 'finding' : 'possible finding'}${full ? ` (${severityWords(verdict)})` : ''}`,
        ...reasonPieces(verdict),
        ...(unreported === undefined ? [] : [`; ${unreportedWords(verdict, unreported)}`]),
        // In full, it follows the message.
        ...(full || noFix === undefined ? [] : [`; no fix available: ${clause(noFix)}`]),
      ];
    }
    // Without a scenario, a value other than this one can be the reason.
    case 'fine':
      return verdict.when.length > 0 && verdict.path !== undefined
        ? ['no finding', ...scenarioPieces(verdict), `, because ${verdict.path} is `, valuePiece(verdict.value)]
        : ['no finding', ...scenarioPieces(verdict)];
    case 'unclear':
      return ['unknown', ...reasonPieces(verdict)];
  }
}

/** A sentence as the end of another one. A name at its beginning keeps its case. */
function clause(sentence: string): string {
  const words = sentence.replace(/\.$/, '');
  return /^(?:The|An?|Its?|Two|One|No|Only|Other|Another|Every|Files|Syntax|Too|There|Writing) /.test(words)
    ? lowerFirst(words)
    : words;
}

/** The reason of a verdict, as the end of a sentence: ` because Encrypted is false when IsLive is false`. */
function reasonPieces(verdict: FoundVerdict | Undecided): readonly SentencePiece[] {
  const { path, value, because } = verdict;
  if (because.length > 0) return [' because ', because.join(', '), ...scenarioPieces(verdict)];
  if (path !== undefined) return [` because ${path} is `, valuePiece(value), ...scenarioPieces(verdict)];
  // A value that the rule did not read as a property has no name.
  return [...(value.literal ? [': ', valuePiece(value)] : []), ...scenarioPieces(verdict)];
}

function valuePiece({ text, literal }: ShortText): SentencePiece {
  return literal ? { code: text } : text;
}

function scenarioPieces({ when }: Pick<FoundVerdict, 'when'>): readonly SentencePiece[] {
  const words = scenario(when);
  return words === '' ? [] : [` ${words}`];
}

function severityWords({ severity, severityBy }: FoundVerdict): string {
  return severityBy === 'configuration' ? `${severity}, set by the configuration` : severity;
}

function unreportedWords({ profile }: FoundVerdict, why: NonNullable<FoundVerdict['unreported']>): string {
  if (why === 'off') return 'not reported, because the configuration turns the rule off';
  if (why === 'suppressed') return 'not reported, because it is suppressed';
  if (why === 'profile') return `reported only in profile ${profile}`;
  if (why === 'certainty') return 'reported only with certainty possible';
  return `covered by ${why.by}`;
}

/** A note if the rule is only in a wider profile than the requested one. */
function beyond({ profile }: Decision, scope: ExplanationScope): readonly SentencePiece[] {
  return includesProfile(scope.profile, profile) ? [] : [` (profile ${profile})`];
}
