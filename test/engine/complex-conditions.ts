/** Random templates whose conditions build on each other, with what is so for every assignment of their parameters. */

/** A condition of a template, by the names of those that it is made of. */
interface Link {
  readonly kind: 'and' | 'or' | 'xor' | 'not';
  readonly of: readonly [string, string];
}

/** A value of a disk: whether it is encrypted, or one of two by a condition. */
type Encrypted = boolean | readonly [condition: string, yes: Encrypted, no: Encrypted];

export interface ComplexTemplate {
  readonly parameters: number;
  readonly links: readonly Link[];
  readonly disks: readonly { readonly condition: string | undefined; readonly encrypted: Encrypted }[];
}

/** A random template; `random` returns an integer below its argument. */
export function complexTemplate(random: (below: number) => number, parameters: number, size: number): ComplexTemplate {
  const links: Link[] = [];
  // Most conditions are made of the latest ones, which have the most parts.
  const name = (): string => {
    const from = links.length === 0 || random(3) === 0 ? -1 : Math.max(0, links.length - 1 - random(6));
    return from < 0 ? `C${random(parameters)}` : `D${from}`;
  };
  const encrypted = (depth: number): Encrypted =>
    depth === 0 || random(6) === 0 ? random(2) === 0 : [name(), encrypted(depth - 1), encrypted(depth - 1)];
  for (let i = 0; i < size; i++)
    links.push({ kind: (['xor', 'xor', 'xor', 'and', 'or', 'not'] as const)[random(6)]!, of: [name(), name()] });
  const disks = Array.from({ length: 6 }, () => ({
    condition: random(2) === 0 ? name() : undefined,
    encrypted: encrypted(1 + random(4)),
  }));
  return { parameters, links, disks };
}

export function textOf({ parameters, links, disks }: ComplexTemplate): string {
  const indexes = Array.from({ length: parameters }, (_, i) => i);
  const written = ({ kind, of: [a, b] }: Link): string => {
    const [one, other] = [`!Condition ${a}`, `!Condition ${b}`];
    if (kind === 'not') return `!Not [${one}]`;
    if (kind === 'and') return `!And [${one}, ${other}]`;
    if (kind === 'or') return `!Or [${one}, ${other}]`;
    return `!Or [!And [${one}, !Not [${other}]], !And [!Not [${one}], ${other}]]`;
  };
  const value = (encrypted: Encrypted): string =>
    typeof encrypted === 'boolean'
      ? String(encrypted)
      : `!If [${encrypted[0]}, ${value(encrypted[1])}, ${value(encrypted[2])}]`;
  return [
    'Parameters:',
    ...indexes.map((i) => `  P${i}: {Type: String, Default: b, AllowedValues: [a, b]}`),
    'Conditions:',
    ...indexes.map((i) => `  C${i}: !Equals [!Ref P${i}, a]`),
    ...links.map((link, i) => `  D${i}: ${written(link)}`),
    'Resources:',
    ...disks.map(
      ({ condition, encrypted }, i) =>
        `  Disk${i}: {Type: AWS::EC2::Volume, ${condition === undefined ? '' : `Condition: ${condition}, `}Properties: {Encrypted: ${value(encrypted)}}}`,
    ),
    '',
  ].join('\n');
}

/** What is so with one assignment: the truth of each condition, which disks are there, and which are not encrypted. */
export interface Outcome {
  readonly truths: ReadonlyMap<string, boolean>;
  readonly there: ReadonlySet<string>;
  readonly wrong: ReadonlySet<string>;
}

/** What is so with every assignment. */
export function outcomesOf({ parameters, links, disks }: ComplexTemplate): readonly Outcome[] {
  return Array.from({ length: 2 ** parameters }, (_, assignment) => {
    const truths = new Map<string, boolean>();
    for (let i = 0; i < parameters; i++) truths.set(`C${i}`, ((assignment >> i) & 1) === 1);
    for (const [i, { kind, of }] of links.entries()) {
      const [a, b] = of.map((name) => truths.get(name)!) as [boolean, boolean];
      truths.set(`D${i}`, kind === 'not' ? !a : kind === 'and' ? a && b : kind === 'or' ? a || b : a !== b);
    }
    const valueOf = (encrypted: Encrypted): boolean =>
      typeof encrypted === 'boolean' ? encrypted : valueOf(truths.get(encrypted[0]) ? encrypted[1] : encrypted[2]);
    const there = new Set<string>();
    const wrong = new Set<string>();
    for (const [i, { condition, encrypted }] of disks.entries()) {
      if (condition !== undefined && !truths.get(condition)) continue;
      there.add(`Disk${i}`);
      if (!valueOf(encrypted)) wrong.add(`Disk${i}`);
    }
    return { truths, there, wrong };
  });
}
