/** Explanations as sentences, independent of Markdown or plain text. */
import { flatMap } from '../../base/flat-map.ts';
import type { Span } from '../../base/span.ts';
import { scenario } from '../../model/scenario.ts';
import type { Step } from '../../model/value.ts';
import type { Explanation, ExplainedOutcome } from './explanation.ts';

/** A part of a sentence: plain text, source code, emphasized source code, a place, or a rule ID. */
export type SentencePiece =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  | { readonly place: Span }
  | { readonly rule: string };

export interface Sentence {
  /** The indentation level: 0 for the top level. */
  readonly depth: number;
  readonly pieces: readonly SentencePiece[];
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
        !outcome.from.some((step) => step.what === 'default' && !isInScenario(step, outcome.when));
      return {
        depth: 0,
        pieces: [
          ...resultPieces(outcome, true),
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
      const names = flatMap(pseudo, ({ parameter }, index): SentencePiece[] => [
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

/** Whether it is a pseudo parameter whose value is unknown before deployment. */
function isPseudo({ parameter, outcomes }: Explanation): boolean {
  return parameter?.startsWith('AWS::') === true && outcomes.length === 1 && outcomes[0]!.result.state === 'unknown';
}

function inOneSentence(explanation: Explanation): readonly SentencePiece[] {
  const { text, outcomes, moreOutcomes, definition, parameter } = explanation;
  if (parameter !== undefined && outcomes.every(({ when }) => when.length === 0))
    return parameterSentence(parameter, explanation);
  const pieces: SentencePiece[] = [{ code: parameter ?? text }, ' is '];
  outcomes.forEach((outcome, index) => {
    const when = scenario(outcome.when);
    pieces.push(...(index > 0 ? [when === '' ? ', or ' : ', '] : []), ...resultPieces(outcome, false));
    if (outcome.byDefault && outcomes.some((other) => !other.byDefault)) pieces.push(' by default');
    else if (when !== '') pieces.push(` ${when}`);
    pieces.push(...fromPieces(outcome, text));
  });
  if (moreOutcomes > 0) pieces.push(`, and ${moreOutcomes} more`);
  if (definition) pieces.push(': ', { code: definition.text }, ...at(definition.at));
  return pieces;
}

/** The default or given value of a parameter, and its other possible values. */
function parameterSentence(name: string, explanation: Explanation): readonly SentencePiece[] {
  const { outcomes, moreOutcomes } = explanation;
  const [first] = outcomes;
  const settled = first !== undefined && (first.byDefault || outcomes.length === 1) && first.result.state !== 'unknown';
  const pieces: SentencePiece[] = [{ code: name }];
  if (!settled) {
    if (outcomes.length === 1 && first !== undefined && first.result.text.startsWith('any '))
      return [...pieces, ' is ', ...resultPieces(first, false)];
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
      ...resultPieces(outcome, false),
      ...(isFirst && outcome.from[0]?.what === 'default' ? [' by default'] : []),
    );
    pieces.push(
      ...flatMap(outcome.from, (step, depth) =>
        depth === 0 && (step.what === 'default' || step.what === 'allowed') ? at(step.at) : stepPieces(step),
      ),
    );
  });
  return moreOutcomes > 0 ? [...pieces, `, or ${moreOutcomes} more`] : pieces;
}

function resultPieces(
  { result: { state, text, literal } }: ExplainedOutcome,
  isStrong: boolean,
): readonly SentencePiece[] {
  if (state === 'reference')
    return [
      { code: text },
      text.includes('.') ? ', an attribute known only after deployment' : ', the resource with that name',
    ];
  if (literal) return [isStrong ? { strong: text } : { code: text }];
  return [text];
}

/** The origin of an outcome as the end of a sentence, without what the scenario or the expression already states. */
function fromPieces({ from, when }: ExplainedOutcome, text: string): readonly SentencePiece[] {
  return flatMap(from, (step) =>
    isInScenario(step, when) || (step.name === text && NAMES.has(step.what)) ? at(step.at) : stepPieces(step),
  );
}

/** The steps from a name to its definition, which are not repeated if the expression is the name. */
const NAMES: ReadonlySet<Step['what']> = new Set(['local', 'output']);

/** Whether the scenario already states the origin of a value. */
function isInScenario({ what, name: parameter }: Step, when: ExplainedOutcome['when']): boolean {
  if (what === 'given') return when.some(({ kind }) => kind === 'deployment');
  return (
    (what === 'default' || what === 'allowed') &&
    when.some(({ kind, name }) => kind === 'parameter' && name === parameter)
  );
}

function stepPieces({ what, name, by, at: place }: Step): readonly SentencePiece[] {
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
export function placesOnce(pieces: readonly SentencePiece[], words: (place: Span) => string): readonly SentencePiece[] {
  const repeated = flatMap(pieces, (piece, index) => {
    if (!isPlace(piece)) return [];
    const next = pieces.slice(index + 1).find(isPlace);
    return next?.place.doc === piece.place.doc && words(next.place) === words(piece.place) ? [index] : [];
  });
  return pieces.filter((_, index) => !repeated.some((place) => Math.abs(place - index) <= 1));
}

function isPlace(piece: SentencePiece): piece is { readonly place: Span } {
  return typeof piece === 'object' && 'place' in piece;
}

/** A place in parentheses, which `placesOnce` removes together. */
function at(place: Span | undefined): readonly SentencePiece[] {
  return place ? [' (', { place }, ')'] : [];
}
