import { PEER_SUPPRESSION_TOOLS } from '../../server/src/model/suppression.ts';

/** The problems of team configurations: each as the text at its place and its message. */
export const PROBLEMS: readonly (readonly [
  name: string,
  text: string,
  problems: readonly (readonly [string, string])[],
])[] = [
  ['a misspelled setting', 'profil: strict\n', [['profil', 'Unknown setting "profil". Did you mean "profile"?']]],
  [
    'an unknown profile',
    'profile: recomended\n',
    [['recomended', 'Expected "profile" to be essential, recommended or strict. Did you mean "recommended"?']],
  ],
  [
    'an unknown severity',
    'failOn: hihg\n',
    [['hihg', 'Expected "failOn" to be critical, high, medium, low, info or new. Did you mean "high"?']],
  ],
  ['a boolean that is none', 'gitignore: sometimes\n', [['sometimes', 'Expected "gitignore" to be true or false.']]],
  ['a rule that is neither', 'rules: [a]\n', [['[a]', 'Expected "rules" to be a mapping, such as "name: value".']]],
  [
    'a level that is none',
    'rules: {s3-bucket-versioning: warn}\n',
    [['warn', 'Expected "s3-bucket-versioning" to be off, on, critical, high, medium, low or info.']],
  ],
  [
    'a misspelled rule',
    'rules: {s3-bucket-versionning: off}\n',
    [['s3-bucket-versionning', 'No rule is named "s3-bucket-versionning". Did you mean "s3-bucket-versioning"?']],
  ],
  [
    'a misspelled rule in an override',
    'overrides: [{paths: a, rules: {ebs-volume-encryptio: high}}]\n',
    [['ebs-volume-encryptio', 'No rule is named "ebs-volume-encryptio". Did you mean "ebs-volume-encryption"?']],
  ],
  [
    'an unknown key in the setting of a rule',
    'rules: {ebs-volume-encryption: {severty: low}}\n',
    [['severty', 'Unknown key "severty" in the setting of a rule. Did you mean "severity"?']],
  ],
  [
    'options of a rule that has none',
    'rules: {s3-bucket-versioning: {options: {days: 3}}}\n',
    [['days', '"s3-bucket-versioning" has no options.']],
  ],
  [
    'a misspelled option',
    'rules: {sg-ingress-open-high-risk-port: {options: {port: [1]}}}\n',
    [
      [
        'port',
        'Unknown option "port" of "sg-ingress-open-high-risk-port". Did you mean "ports"? Supported: ports, allowedPorts.',
      ],
    ],
  ],
  [
    'a port that is none',
    'rules: {sg-ingress-open-high-risk-port: {options: {ports: [99999]}}}\n',
    [['[99999]', 'Expected "ports" to be a list of port numbers from 0 to 65535.']],
  ],
  [
    'a number beyond the bounds of an option',
    'rules: {rds-backup-retention: {options: {minimumDays: 36}}}\n',
    [['36', 'Expected "minimumDays" to be a number from 2 to 35.']],
  ],
  [
    'a word in place of a number',
    'rules: {rds-backup-retention: {options: {minimumDays: week}}}\n',
    [['week', 'Expected "minimumDays" to be a number from 2 to 35.']],
  ],
  [
    'an option of a pattern with a number that is too large for one of its rules',
    'rules: {"ec2-imds*": {options: {maximumHops: 65}}}\n',
    [['65', 'Expected "maximumHops" to be a number from 1 to 64.']],
  ],
  [
    'a list of strings that is empty',
    'rules: {elb-listener-tls12: {options: {allowedPolicies: []}}}\n',
    [['[]', 'Expected "allowedPolicies" to be a list of strings.']],
  ],
  ['an override without paths', 'overrides: [{profile: strict}]\n', [['profile', 'Missing "paths".']]],
  ['a suppression without rules', 'suppressions:\n  - reason: because\n', [['reason', 'Missing "rules".']]],
  [
    'a date that does not exist',
    'suppressions:\n  - {rule: ebs-volume-encryption, reason: because, until: 2027-02-30}\n',
    [['2027-02-30', 'Expected "until" to be a date, such as 2027-01-31.']],
  ],
  [
    'an unknown tool',
    'honorSuppressionsOf: [checkof]\n',
    [['checkof', `Unknown tool "checkof". Did you mean "checkov"? Supported: ${PEER_SUPPRESSION_TOOLS.join(', ')}.`]],
  ],
  [
    'an absolute path',
    'baseline: /etc/passwd\n',
    [['/etc/passwd', 'Expected a path relative to the directory of this configuration file, with forward slashes.']],
  ],
  [
    'a file to extend that is missing',
    'extends: a.stackwarden.yaml\n',
    [['a.stackwarden.yaml', 'a.stackwarden.yaml does not exist.']],
  ],
  [
    'a file to extend outside the root',
    'extends: ../../a.yaml\n',
    [['../../a.yaml', '../../a.yaml is outside the root.']],
  ],
  [
    'a file that extends itself',
    'extends: .stackwarden.yaml\n',
    [['.stackwarden.yaml', '.stackwarden.yaml extends this file. Remove one of the two "extends".']],
  ],
  [
    'a condition that is no boolean',
    'scenario: {conditions: {IsProd: maybe}}\n',
    [['maybe', 'Expected "IsProd" to be true or false.']],
  ],
];

/** A configuration with all settings of a team. */
export const COMPLETE = `
profile: strict
certainty: possible
failOn: new
include: templates/
exclude: [legacy/, '*.generated.yaml']
gitignore: false
rules:
  s3-bucket-versioning: off
  'ec2-*': on
  ebs-volume-encryption: {severity: low, options: {days: 90, names: [a, b], strict: true}}
overrides:
  - paths: sandbox/**
    profile: essential
    certainty: certain
    rules: {s3-bucket-versioning: high}
suppressions:
  - rules: [s3-bucket-public-access-block]
    paths: [site/template.yaml]
    resources: [Website]
    value: 0.0.0.0/0
    reason: The bucket hosts the public website.
    until: 2027-01-31
inlineSuppressions: false
honorSuppressionsOf: []
requireSuppressionReason: false
reportUnusedSuppressions: false
baseline: .stackwarden-baseline.json
scenario: {conditions: {IsProd: true}, parameters: {Stage: prod, Count: 3}}
`;
