import { tableRule } from '../forms/table-rule.ts';

/**
 * The runtimes that were deprecated when the page was read, with the day; `schemas/lambda-runtimes` also has planned
 * days.
 */
export const DEPRECATED: ReadonlyMap<string, string> = new Map([
  ['nodejs', '2016-08-30'],
  ['dotnetcore2.0', '2019-05-30'],
  ['dotnetcore1.0', '2019-06-27'],
  ['nodejs6.10', '2019-08-12'],
  ['nodejs4.3', '2020-03-05'],
  ['nodejs4.3-edge', '2020-03-05'],
  ['nodejs8.10', '2020-03-06'],
  ['python2.7', '2021-07-15'],
  ['nodejs10.x', '2021-07-30'],
  ['ruby2.5', '2021-07-30'],
  ['dotnetcore2.1', '2022-01-05'],
  ['dotnet5.0', '2022-05-10'],
  ['python3.6', '2022-07-18'],
  ['nodejs12.x', '2023-03-31'],
  ['dotnetcore3.1', '2023-04-03'],
  ['nodejs14.x', '2023-12-04'],
  ['python3.7', '2023-12-04'],
  ['ruby2.7', '2023-12-07'],
  ['go1.x', '2024-01-08'],
  ['java8', '2024-01-08'],
  ['provided', '2024-01-08'],
  ['dotnet7', '2024-05-14'],
  ['nodejs16.x', '2024-06-12'],
  ['python3.8', '2024-10-14'],
  ['dotnet6', '2024-12-20'],
  ['nodejs18.x', '2025-09-01'],
  ['python3.9', '2025-12-15'],
  ['ruby3.2', '2026-03-31'],
  ['nodejs20.x', '2026-04-30'],
  ['provided.al2', '2026-07-31'],
  ['python3.10', '2026-10-31'],
  ['dotnet8', '2026-11-10'],
  ['dotnet9', '2026-11-10'],
]);

/**
 * The supported runtimes with which code for a deprecated one can run without another build: Node.js 24 has no handlers
 * with callbacks, Go 1 and .NET need another build, and Python 2 is another language.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
const SUCCESSORS: ReadonlyMap<string, string> = new Map([
  ...['nodejs', 'nodejs4.3', 'nodejs6.10', 'nodejs8.10'].map((name) => [name, 'nodejs22.x'] as const),
  ...[10, 12, 14, 16, 18, 20].map((major) => [`nodejs${major}.x`, 'nodejs22.x'] as const),
  ...[6, 7, 8, 9, 10].map((minor) => [`python3.${minor}`, 'python3.13'] as const),
  ...['ruby2.5', 'ruby2.7', 'ruby3.2'].map((name) => [name, 'ruby3.4'] as const),
  ['java8', 'java8.al2'],
  ['provided', 'provided.al2023'],
  ['provided.al2', 'provided.al2023'],
]);

export default tableRule({
  id: 'lambda-runtime-deprecated',
  topic: 'operations',
  severity: 'medium',
  profile: 'strict',
  judged: '2026-11-29',
  title: 'Lambda functions should not use deprecated runtimes',
  keywords: ['end of life', 'EOL', 'unsupported runtime', 'outdated', 'patching', 'nodejs', 'python'],
  why: 'Deprecated runtimes may no longer get security patches. Some time after the deprecation, Lambda also rejects new functions and updates.',
  remedy: 'Change Runtime to a supported version of the language, and test the function with it.',
  sources: {
    'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html':
      'The deprecation date of each runtime, and the dates from which functions with it can no longer be created or updated.',
    'https://docs.aws.amazon.com/lambda/latest/dg/runtime-support-policy.html':
      'After a deprecation, AWS may no longer apply security patches to a runtime, and gives no technical support.',
    'AWS::Lambda::Function': 'A function in a container image cannot have a runtime.',
  },
  aliases: ['CKV_AWS_363'],
  controls: { securityHub: ['Lambda.2'] },
  settings: { 'AWS::Lambda::Function': { path: 'Runtime', onlyIf: { PackageType: { absentOr: ['Zip'] } } } },
  table: {
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
    date: '2026-11-24',
    values: DEPRECATED,
  },
  absent: 'safe',
  problem: 'uses the deprecated runtime {value}',
  unresolvedProblem: 'may use a deprecated runtime',
  consequence: 'Since {note}, AWS may no longer patch it.',
  advice: 'Set {setting} to a supported version.',
  write: SUCCESSORS,
  tag: 'deprecated',
  fix: { cost: 'test the function with it first' },
});
