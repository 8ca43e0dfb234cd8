/** Explanations and decisions as sentences, independent of Markdown or plain text. */
import type { Span } from '../../base/span.ts';
import { includesProfile, type Profile } from '../../model/profile.ts';
import { scenario } from '../../model/scenario.ts';
import type { Step } from '../../model/value.ts';
import { rankOf, type Decision, type Fine, type Found, type Unclear, type Verdict } from './decision.ts';
import type { Explanation, Outcome } from './explanation.ts';
import type { Shown } from './said.ts';

/** A part of a sentence: plain text, source code, emphasized source code, a place, or a rule ID. */
export type Piece =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  | { readonly place: Span }
  | { readonly rule: string };

export interface Sentence {
  /** The indentation level: 0 for the top level. */
  readonly depth: number;
  readonly pieces: readonly Piece[];
}

/** The outcomes of an expression, one sentence each. */
export function outcomeSentences({ outcomes, moreOutcomes, what, text }: Explanation): readonly Sentence[] {
  const several = outcomes.some((outcome) => !outcome.byDefault);
  return [
    ...outcomes.map((outcome): Sentence => {
      const when = scenario(outcome.when);
      const from = fromPieces(outcome, text);
      const byDefault =
        several &&
        outcome.byDefault &&
        !outcome.from.some((step) => step.what === 'default' && !isSaid(step, outcome.when));
      return {
        depth: 0,
        pieces: [
          ...says(outcome, true),
          ...(when === '' ? [] : [` ${when}`]),
          ...(byDefault ? [when === '' ? ' by default' : ' (the default)'] : []),
          ...from,
        ],
      };
    }),
    ...(moreOutcomes > 0
      ? [
          {
            depth: 0,
            pieces: [
              `and ${moreOutcomes} more ${what === 'condition' ? 'case' : 'value'}${moreOutcomes === 1 ? '' : 's'}`,
            ],
          },
        ]
      : []),
  ];
}

/** The evaluation of an expression: its parts, each indented below its parent, in at most `most` sentences. */
export function whySentences({ parts, definition }: Explanation, most: number): readonly Sentence[] {
  const sentences: Sentence[] = definition
    ? [{ depth: 0, pieces: ['defined as ', { code: definition.text }, ...at(definition.at)] }]
    : [];
  const add = (explanations: readonly Explanation[], depth: number): void => {
    const pseudo = explanations.filter(isPseudo);
    if (pseudo.length > 1) {
      const names = pseudo.flatMap(({ parameter }, index): Piece[] => [
        index === 0 ? '' : index === pseudo.length - 1 ? ' and ' : ', ',
        { code: parameter! },
      ]);
      sentences.push({ depth, pieces: [...names.filter((piece) => piece !== ''), ' are known only at deployment'] });
    }
    for (const explanation of explanations) {
      if (pseudo.length > 1 && isPseudo(explanation)) continue;
      sentences.push({ depth, pieces: inOneSentence(explanation) });
      add(explanation.parts, depth + 1);
    }
  };
  add(parts, definition ? 1 : 0);
  return sentences.length <= most
    ? sentences
    : [...sentences.slice(0, most - 1), { depth: 0, pieces: [`and ${sentences.length - most + 1} more steps`] }];
}

/** Whether it is a pseudo parameter of which nothing is known before deployment. */
function isPseudo({ parameter, outcomes }: Explanation): boolean {
  return parameter?.startsWith('AWS::') === true && outcomes.length === 1 && outcomes[0]!.says.state === 'unknown';
}

function inOneSentence(explanation: Explanation): readonly Piece[] {
  const { text, outcomes, moreOutcomes, definition, parameter } = explanation;
  if (parameter !== undefined && outcomes.every(({ when }) => when.length === 0))
    return parameterSentence(parameter, explanation);
  const pieces: Piece[] = [{ code: parameter ?? text }, ' is '];
  outcomes.forEach((outcome, index) => {
    const when = scenario(outcome.when);
    pieces.push(...(index > 0 ? [when === '' ? ', or ' : ', '] : []), ...says(outcome, false));
    if (outcome.byDefault && outcomes.some((other) => !other.byDefault)) pieces.push(' by default');
    else if (when !== '') pieces.push(` ${when}`);
    pieces.push(...fromPieces(outcome, text));
  });
  if (moreOutcomes > 0) pieces.push(`, and ${moreOutcomes} more`);
  if (definition) pieces.push(': ', { code: definition.text }, ...at(definition.at));
  return pieces;
}

/** The default or given value of a parameter, and its other possible values. */
function parameterSentence(name: string, explanation: Explanation): readonly Piece[] {
  const { outcomes, moreOutcomes } = explanation;
  const [first] = outcomes;
  const settled = first !== undefined && (first.byDefault || outcomes.length === 1) && first.says.state !== 'unknown';
  const pieces: Piece[] = [{ code: name }];
  if (!settled) {
    if (outcomes.length === 1 && first !== undefined && first.says.text.startsWith('any '))
      return [...pieces, ' is ', ...says(first, false)];
    if (outcomes.length === 1)
      return [
        ...pieces,
        name.startsWith('AWS::') ? ' is known only at deployment' : ' is given at deployment and has no default',
      ];
    pieces.push(name.startsWith('AWS::') ? ' is known only at deployment' : ' has no default');
  }
  outcomes.forEach((outcome, index) => {
    const isFirst = settled && index === 0;
    pieces.push(
      isFirst ? ' is ' : settled || index > 0 ? ', or ' : ' and can be ',
      ...says(outcome, false),
      ...(isFirst && outcome.from[0]?.what === 'default' ? [' by default'] : []),
    );
    pieces.push(
      ...outcome.from.flatMap((step, depth) =>
        depth === 0 && (step.what === 'default' || step.what === 'allowed') ? at(step.at) : stepPieces(step),
      ),
    );
  });
  return moreOutcomes > 0 ? [...pieces, `, or ${moreOutcomes} more`] : pieces;
}

function says({ says: { state, text, literal } }: Outcome, stands: boolean): readonly Piece[] {
  if (state === 'reference')
    return [
      { code: text },
      text.includes('.') ? ', an attribute known only after deployment' : ', the resource with that name',
    ];
  if (literal) return [stands ? { strong: text } : { code: text }];
  return [text];
}

/** The origin of an outcome as the end of a sentence, without what the scenario or the expression already states. */
function fromPieces({ from, when }: Outcome, text: string): readonly Piece[] {
  return from.flatMap((step) =>
    isSaid(step, when) || (step.name === text && NAMES.has(step.what)) ? at(step.at) : stepPieces(step),
  );
}

/** The steps from a name to its definition, which are not repeated if the expression is the name. */
const NAMES: ReadonlySet<Step['what']> = new Set(['local', 'output']);

/** Whether the scenario already states the origin of a value. */
function isSaid({ what, name: parameter }: Step, when: Outcome['when']): boolean {
  if (what === 'given') return when.some(({ kind }) => kind === 'deployment');
  return (
    (what === 'default' || what === 'allowed') &&
    when.some(({ kind, name }) => kind === 'parameter' && name === parameter)
  );
}

function stepPieces({ what, name, by, at: place }: Step): readonly Piece[] {
  // The place already names the file.
  const words = STEPS[what]?.(name, by !== undefined && place?.doc.endsWith(`/${by}`) ? undefined : by);
  return words === undefined ? [] : [`, ${words}`, ...at(place)];
}

/** The phrase for each kind of step; undefined for steps that the expression shows itself. */
const STEPS: Readonly<Record<Step['what'], ((name: string, by: string | undefined) => string) | undefined>> = {
  default: (name) => `the default of ${name}`,
  allowed: (name) => `an allowed value of ${name}`,
  given: (name, by) => `set for ${name}${by === undefined ? '' : ` in ${by}`}`,
  mapping: (name) => `from the mapping ${name}`,
  local: (name) => `from ${name}`,
  variable: (name) => `from ${name}`,
  data: (name) => `from ${name}`,
  companion: (name) => `set in ${name}`,
  stack: (name) => (name.includes('.Outputs.') ? `from ${name}` : `passed as ${name} by the parent stack`),
  passed: (name) => `passed as ${name} to the module`,
  output: (name) => `from ${name}`,
  loop: (name) => `in iteration ${name}`,
  condition: undefined,
  function: undefined,
};

/** The pieces of a sentence without repeated places, so that each line is named once. */
export function placesOnce(pieces: readonly Piece[], words: (place: Span) => string): readonly Piece[] {
  const repeated = pieces.flatMap((piece, index) => {
    if (!isPlace(piece)) return [];
    const next = pieces.slice(index + 1).find(isPlace);
    return next?.place.doc === piece.place.doc && words(next.place) === words(piece.place) ? [index] : [];
  });
  return pieces.filter((_, index) => !repeated.some((place) => Math.abs(place - index) <= 1));
}

function isPlace(piece: Piece): piece is { readonly place: Span } {
  return typeof piece === 'object' && 'place' in piece;
}

/** A place in parentheses, which `placesOnce` removes together. */
function at(place: Span | undefined): readonly Piece[] {
  return place ? [' (', { place }, ')'] : [];
}

/** The requested scope of an explanation. */
export interface Asked {
  readonly profile: Profile;
  /** Whether the explanation is shown below a card: then only the decisions of rules are shown. */
  readonly beside?: boolean;
}

/**
 * The decisions about the position itself, in at most five lines: one per rule with a finding or an unknown value, one for all rules without a finding,
 * and a count of the rules that do not apply.
 */
export function decisionsInShort(all: readonly Decision[], asked: Asked): readonly Sentence[] {
  const own = all.filter(({ here }) => here.length > 0).toSorted((a, b) => rankOf(a.here) - rankOf(b.here));
  // The card names the rule, and the document shows the finding.
  const decisions = asked.beside
    ? own.filter(({ here }) => !here.every((verdict) => verdict.what === 'found' && verdict.unreported === undefined))
    : own;
  const of = (...what: readonly Verdict['what'][]): readonly Decision[] =>
    decisions.filter(({ here: [first] }) => what.includes(first!.what));
  const told = of('found', 'unclear');
  const silent = of('not-applicable').length;
  const last = [
    ...named('no finding', of('fine')),
    ...(silent === 0
      ? []
      : [`not applicable: ${silent} ${own.length > silent ? 'other ' : ''}${silent === 1 ? 'rule' : 'rules'}`].map(
          (words): Sentence => ({ depth: 0, pieces: [words] }),
        )),
    ...named('failed', of('failed')),
  ];
  const room = MOST_LINES - last.length;
  const shown = told.length > room ? told.slice(0, room - 1) : told;
  return [
    ...shown.map((decision): Sentence => ({
      depth: 0,
      pieces: [
        { rule: decision.rule },
        ': ',
        ...distinct(decision.here)
          .slice(0, 3)
          .flatMap(({ pieces }, index) => [...(index > 0 ? ['; '] : []), ...pieces]),
      ],
    })),
    ...(told.length > shown.length ? [{ depth: 0, pieces: [`and ${told.length - shown.length} more rules`] }] : []),
    ...last,
  ];
}

/** One line for several rules with the same verdict. */
function named(words: string, rules: readonly Decision[]): readonly Sentence[] {
  if (rules.length === 0) return [];
  const pieces = rules
    .slice(0, MOST_NAMED)
    .flatMap(({ rule }, index): Piece[] => [...(index > 0 ? [', '] : []), { rule }]);
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
export function decisionsInFull(decisions: readonly Decision[], asked: Asked): readonly Sentence[] {
  return decisions.flatMap((decision): Sentence[] => [
    { depth: 0, pieces: [{ rule: decision.rule }, `: ${decision.title}`, ...beyond(decision, asked)] },
    ...distinct(decision.verdicts, true).flatMap(({ verdict, pieces }): Sentence[] => [
      { depth: 1, pieces },
      ...(verdict.what === 'found' ? [{ depth: 2, pieces: [verdict.message.replace(/^Possible: /, '')] }] : []),
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

/** The maximum number of values listed in one sentence. */
const MOST_READ = 8;

function listed(all: readonly (readonly Piece[])[]): readonly Piece[] {
  return [
    ...all.slice(0, MOST_READ).flatMap((pieces, index) => [...(index > 0 ? [', '] : []), ...pieces]),
    ...(all.length > MOST_READ ? [` and ${all.length - MOST_READ} more`] : []),
  ];
}

/** Verdicts with their text, without duplicates. */
function distinct(
  verdicts: readonly Verdict[],
  full = false,
): readonly { readonly verdict: Verdict; readonly pieces: readonly Piece[] }[] {
  const all = new Map<string, { readonly verdict: Verdict; readonly pieces: readonly Piece[] }>();
  for (const verdict of verdicts) {
    const pieces = verdictPieces(verdict, full);
    const key = JSON.stringify(pieces);
    if (!all.has(key)) all.set(key, { verdict, pieces });
  }
  return [...all.values()];
}

function verdictPieces(verdict: Verdict, full = false): readonly Piece[] {
  switch (verdict.what) {
    case 'not-applicable':
      return ['not applicable'];
    case 'failed':
      return ['failed with an internal error; please report it'];
    case 'found': {
      const { certainty, severity, because, unreported } = verdict;
      const judged = because.length > 0 ? [because.join(', '), ...circumstances(verdict)] : judgedPieces(verdict);
      return [
        `${certainty === 'certain' ? 'finding' : 'possible finding'}${full ? ` (${severity})` : ''}`,
        ...(judged.length > 0 ? [': ', ...judged] : []),
        ...(unreported === undefined ? [] : [`; ${unreportedWords(verdict, unreported)}`]),
      ];
    }
    // Without a scenario, a value other than this one can be the reason.
    case 'fine':
      return verdict.when.length > 0 && verdict.path !== undefined
        ? ['no finding', ...circumstances(verdict), `: ${verdict.path} is `, valuePiece(verdict.value)]
        : ['no finding', ...circumstances(verdict)];
    case 'unclear':
      return [
        'unknown: ',
        ...(verdict.because.length > 0
          ? [verdict.because.join(', '), ...circumstances(verdict)]
          : judgedPieces(verdict)),
      ];
  }
}

/** `Encrypted is false when IsLive is false`. */
function judgedPieces({ path, value, when }: Found | Fine | Unclear): readonly Piece[] {
  if (path === undefined && !value.literal) return circumstances({ when });
  return [...(path === undefined ? [] : [`${path} is `]), valuePiece(value), ...circumstances({ when })];
}

function valuePiece({ text, literal }: Shown): Piece {
  return literal ? { code: text } : text;
}

function circumstances({ when }: Pick<Found, 'when'>): readonly Piece[] {
  const words = scenario(when);
  return words === '' ? [] : [` ${words}`];
}

function unreportedWords({ profile }: Found, why: NonNullable<Found['unreported']>): string {
  if (why === 'profile') return `reported only in profile ${profile}`;
  if (why === 'certainty') return 'reported only with certainty possible';
  return `covered by ${why.by}`;
}

/** A note if the rule is only in a wider profile than the requested one. */
function beyond({ profile }: Decision, asked: Asked): readonly Piece[] {
  return includesProfile(asked.profile, profile) ? [] : [` (profile ${profile})`];
}
