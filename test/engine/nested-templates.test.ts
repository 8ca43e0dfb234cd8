/** Nested stacks: their parameters, their outputs, and the limit of nesting. */
import assert from 'node:assert/strict';
import { scenario } from '../../server/src/model/scenario.ts';
import type { FileAnswer } from '../../server/src/base/snapshot.ts';
import { run } from '../../server/src/engine/run.ts';
import { analysed, EVERYTHING, readerOf, uri, type Files } from './analysis.ts';

const RULES = new Set(['ebs-volume-encryption', 's3-bucket-policy-secure-transport', 'sg-ingress-open-ssh']);

/** A line for each finding: file, certainty, the marked text, the scenario. */
function lines(files: Files, named?: readonly string[]): readonly string[] {
  const analysis = analysed(files, { rules: RULES, profile: 'strict', certainty: 'possible' }, named);
  return analysis.documents.flatMap(({ doc, findings }) =>
    findings.map(({ certainty, at, when, subjects }) => {
      const text = files[doc.slice('file:///w/'.length)]!.slice(at.start, at.end);
      return [
        doc.slice('file:///w/'.length),
        certainty,
        text,
        ...(when.length > 0 ? [scenario(when)] : []),
        `(${subjects.join(', ')})`,
      ].join(' ');
    }),
  );
}

const CHILD = `Parameters:
  Encrypt: {Type: String, Default: 'false'}
  Env: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:
  V: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: !Ref Encrypt}}
  W: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: !If [IsProd, true, false]}}
Outputs:
  Env: {Value: !Ref Env}
  Off: {Value: false}
  OffInProd: {Condition: IsProd, Value: false}
`;

function parent(...stacks: readonly string[]): string {
  return `Parameters:\n  Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}\nConditions:\n  Never: !Equals [a, b]\n  IsLive: !Equals [!Ref Stage, prod]\nResources:\n${stacks.map((stack) => `  ${stack}\n`).join('')}`;
}

describe('a nested template', () => {
  const rows: readonly (readonly [what: string, files: Files, ...expected: string[]])[] = [
    [
      'alone has open parameters',
      { 'child.yaml': CHILD },
      'child.yaml certain !Ref Encrypt when Encrypt is "false" (V)',
      'child.yaml certain false when IsProd is false (W)',
    ],
    [
      'is passed the Region, which it looks up in a mapping and compares',
      {
        'p.yaml': parent(
          "S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Where: !Ref AWS::Region, Name: !Sub 'in ${AWS::Region}'}}}",
        ),
        'child.yaml': `Parameters:
  Where: {Type: String}
  Name: {Type: String}
Mappings:
  Encrypts: {eu-west-1: {Volumes: true}, us-east-1: {Volumes: false}}
Conditions:
  IsIreland: !Equals [!Ref Name, in eu-west-1]
Resources:
  V: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: !FindInMap [Encrypts, !Ref Where, Volumes]}}
  W:
    Type: AWS::EC2::Volume
    Condition: IsIreland
    Properties: {AvailabilityZone: a, Size: 1, Encrypted: !FindInMap [Encrypts, !Ref Where, Volumes]}
`,
      },
      'child.yaml certain !FindInMap [Encrypts, !Ref Where, Volumes] when AWS::Region is "us-east-1" (S/V)',
      'child.yaml possible !FindInMap [Encrypts, !Ref Where, Volumes] when AWS::Region has another value (S/W)',
    ],
    [
      'has what it is passed',
      {
        'p.yaml': parent(
          `S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true', Env: prod}}}`,
        ),
        'child.yaml': CHILD,
      },
    ],
    [
      'has its defaults for what it is not passed',
      {
        'p.yaml': parent(
          'S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./child.yaml, Parameters: {Env: prod}}}',
        ),
        'child.yaml': CHILD,
      },
      'child.yaml certain !Ref Encrypt (S/V)',
    ],
    [
      'has the scenarios of the one around it',
      {
        'p.yaml': parent(
          `S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true', Env: !Ref Stage}}}`,
        ),
        'child.yaml': CHILD,
      },
      'child.yaml certain false when IsProd is false (S/W)',
    ],
    [
      'is there when its stack is',
      {
        'p.yaml': parent(
          `S: {Type: AWS::CloudFormation::Stack, Condition: Never, Properties: {TemplateURL: child.yaml, Parameters: {Env: dev}}}`,
        ),
        'child.yaml': CHILD,
      },
    ],
    [
      'is judged in each place',
      {
        'p.yaml': parent(
          `S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true', Env: prod}}}`,
          `T: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true', Env: dev}}}`,
        ),
        'child.yaml': CHILD,
      },
      'child.yaml certain false (T/W)',
    ],
    [
      'gives back its outputs',
      {
        'p.yaml': parent(
          `S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true', Env: prod}}}`,
          'V: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: !GetAtt S.Outputs.Off}}',
        ),
        'child.yaml': CHILD,
      },
      'p.yaml certain !GetAtt S.Outputs.Off (V)',
    ],
    [
      'gives back nothing that it has not',
      {
        'p.yaml': parent(
          `S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true', Env: prod}}}`,
          'V: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: a, Size: 1, Encrypted: !GetAtt S.Outputs.Nothing}}',
        ),
        'child.yaml': CHILD,
      },
      'p.yaml possible !GetAtt S.Outputs.Nothing (V)',
    ],
    [
      'gives back an output where it is there',
      {
        'p.yaml': parent(
          `S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true', Env: !Ref Stage}}}`,
          'V: {Type: AWS::EC2::Volume, Condition: IsLive, Properties: {AvailabilityZone: a, Size: 1, Encrypted: !GetAtt S.Outputs.OffInProd}}',
        ),
        'child.yaml': CHILD,
      },
      'p.yaml certain !GetAtt S.Outputs.OffInProd (V)',
      'child.yaml certain false when IsProd is false (S/W)',
    ],
    [
      'in a folder',
      {
        'a/p.yaml': parent(
          `S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ../b/child.yaml, Parameters: {Env: prod}}}`,
        ),
        'b/child.yaml': CHILD,
      },
      'b/child.yaml certain !Ref Encrypt (S/V)',
    ],
    [
      'of SAM',
      {
        'p.yaml': `Transform: AWS::Serverless-2016-10-31\n${parent(`S: {Type: AWS::Serverless::Application, Properties: {Location: child.yaml, Parameters: {Env: prod}}}`)}`,
        'child.yaml': CHILD,
      },
      'child.yaml certain !Ref Encrypt (S/V)',
    ],
    [
      'two deep',
      {
        'p.yaml': parent(
          'S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: middle.yaml, Parameters: {E: dev}}}',
        ),
        'middle.yaml': `Parameters:\n  E: {Type: String}\nResources:\n  T: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true', Env: !Ref E}}}\n`,
        'child.yaml': CHILD,
      },
      'child.yaml certain false (S/T/W)',
    ],
    [
      'has a policy for a bucket around it',
      {
        'p.yaml': parent(
          'B: {Type: AWS::S3::Bucket}',
          'S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: policy.yaml, Parameters: {Name: !Ref B}}}',
        ),
        'policy.yaml': `Parameters:\n  Name: {Type: String}\nResources:\n  B: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Name, PolicyDocument: {Statement: [{Effect: Deny, Principal: '*', Action: 's3:*', Resource: '*', Condition: {Bool: {'aws:SecureTransport': false}}}]}}}\n`,
      },
    ],
    [
      'that is not seen may have a policy for what it is told of',
      {
        'p.yaml': parent(
          'B: {Type: AWS::S3::Bucket}',
          'S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://b.s3.amazonaws.com/x.yaml, Parameters: {Name: !Ref B}}}',
        ),
      },
      'p.yaml possible B (B)',
    ],
    [
      'compares what it is passed with what excludes each other',
      {
        'p.yaml': parent(
          'S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Q: !Ref Free}}}',
        ).replace('Conditions:', '  Free: {Type: String, Default: dev}\nConditions:'),
        'child.yaml': `Parameters:\n  Q: {Type: String}\nConditions:\n  IsProd: !Equals [!Ref Q, prod]\n  IsStage: !Equals [!Sub '\${Q}', stage]\nResources:\n  V: {Type: AWS::EC2::Volume, Condition: IsProd, Properties: {Encrypted: !If [IsStage, false, true]}}\n`,
      },
    ],
    [
      'compares what it is passed with what the one around it excludes',
      {
        'p.yaml': `Parameters:\n  Free: {Type: String, Default: dev}\nConditions:\n  NotProd: !Not [!Equals [!Ref Free, prod]]\nResources:\n  S: {Type: AWS::CloudFormation::Stack, Condition: NotProd, Properties: {TemplateURL: child.yaml, Parameters: {Q: !Join ['', [!Ref Free]]}}}\n`,
        'child.yaml': `Parameters:\n  Q: {Type: String}\nConditions:\n  IsProd: !Equals [!Ref Q, prod]\nResources:\n  V: {Type: AWS::EC2::Volume, Properties: {Encrypted: !If [IsProd, false, true]}}\n`,
      },
    ],
    [
      'is in the same region',
      {
        'p.yaml': `Conditions:\n  Here: !Equals [!Ref AWS::Region, eu-west-1]\nResources:\n  S: {Type: AWS::CloudFormation::Stack, Condition: Here, Properties: {TemplateURL: child.yaml}}\n`,
        'child.yaml': `Conditions:\n  There: !Equals [!Ref AWS::Region, us-east-1]\n  NotHere: !Not [!Equals [!Ref AWS::Region, eu-west-1]]\nResources:\n  V: {Type: AWS::EC2::Volume, Properties: {Encrypted: !If [There, false, !If [NotHere, false, true]]}}\n`,
      },
    ],
    [
      'is the same one twice, once for each scenario',
      {
        'p.yaml': parent(
          'S: {Type: AWS::CloudFormation::Stack, Condition: IsLive, Properties: {TemplateURL: child.yaml, Parameters: {Q: !Ref Stage}}}',
          'T: {Type: AWS::CloudFormation::Stack, Condition: Never, Properties: {TemplateURL: child.yaml, Parameters: {Q: !Ref Stage}}}',
        ),
        'child.yaml': `Parameters:\n  Q: {Type: String}\nConditions:\n  IsDev: !Equals [!Ref Q, dev]\nResources:\n  V: {Type: AWS::EC2::Volume, Properties: {Encrypted: !If [IsDev, false, true]}}\n`,
      },
    ],
    [
      'that is not seen has nothing for what it is not told of',
      {
        'p.yaml': parent(
          'B: {Type: AWS::S3::Bucket}',
          'S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://b.s3.amazonaws.com/x.yaml, Parameters: {Name: x}}}',
        ),
      },
      'p.yaml certain B (B)',
    ],
  ];
  for (const [what, files, ...expected] of rows) it(what, () => assert.deepEqual(lines(files), expected));

  it('is not checked separately if it is analyzed alone', () => {
    const files = {
      'p.yaml': parent(
        `S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'true', Env: prod}}}`,
      ),
      'child.yaml': CHILD,
    };
    assert.equal(lines(files, ['child.yaml']).length, 2);
  });

  it('is read with its parent template, which alone has findings', () => {
    const files = {
      'p.yaml': parent(
        'S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Env: dev}}}',
      ),
      'child.yaml': CHILD,
    };
    assert.deepEqual(lines(files, ['p.yaml']), []);
  });
});

describe('the inputs and outputs of a nested template', () => {
  const stacks = (from: string, output: string, body = ''): Files => ({
    'p.yaml': parent(
      ...Array.from(
        { length: 60 },
        (_, i) =>
          `S${i}: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {E: ${i === 0 ? from : `!GetAtt S${i - 1}.Outputs.O`}}}}`,
      ),
    ),
    'child.yaml': `Parameters:\n  E: {Type: String}\nResources:\n  T: {Type: AWS::SNS::Topic}\n${body}Outputs:\n  O: {Value: ${output}}\n`,
  });

  it('pass through many levels', () =>
    assert.equal(
      lines(stacks("'false'", '!Sub "${E}"', '  V: {Type: AWS::EC2::Volume, Properties: {Encrypted: !Ref E}}\n'))
        .length,
      1,
    ));

  it('end where a text or its parts double at each level', () => {
    for (const from of ['abc', '!Ref AWS::AccountId']) {
      const { incomplete } = analysed(
        stacks(from, '!Sub "${E}${E}"', '  V: {Type: AWS::EC2::Volume, Properties: {Encrypted: !Ref E}}\n'),
        { rules: RULES },
      );
      assert.ok(incomplete.length > 0, from);
    }
  });

  it('can be circular', () =>
    assert.deepEqual(
      lines({
        'p.yaml': parent(
          'S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {E: !GetAtt T.Outputs.O}}}',
          'T: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {E: !GetAtt S.Outputs.O}}}',
        ),
        'child.yaml':
          'Parameters:\n  E: {Type: String}\nResources:\n  V: {Type: AWS::EC2::Volume, Properties: {Encrypted: !Ref E}}\nOutputs:\n  O: {Value: !Ref E}\n',
      }),
      ['child.yaml possible !Ref E (S/V, T/V)'],
    ));

  it('are a list if the parameter is a list', () => {
    const files = (passed: string): Files => ({
      'p.yaml': parent(
        'G: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: x}}',
        `S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {L: ${passed}}}}`,
      ),
      'child.yaml':
        'Parameters:\n  L: {Type: CommaDelimitedList}\nConditions:\n  IsTwo: !Equals [!Select [1, !Ref L], b]\nResources:\n  V: {Type: AWS::EC2::Volume, Properties: {Encrypted: !If [IsTwo, false, true]}}\n',
    });
    assert.deepEqual(lines(files("!Join [',', [!Ref G, ' b ']]")), ['child.yaml certain false (S/V)']);
    assert.deepEqual(lines(files("!Join [',', [!Ref AWS::StackName, b]]")), [
      'child.yaml certain false when IsTwo is true (S/V)',
    ]);
    assert.deepEqual(lines(files('a')), ['child.yaml certain false when IsTwo is true (S/V)']);
  });
});

describe('a fix in a nested template', () => {
  const policy = (bucket: string): string =>
    `  Q: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: ${bucket}, PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: '111122223333'}, Action: 's3:GetObject', Resource: '*'}]}}}\n`;
  const fixes = (files: Files): readonly string[] =>
    analysed(files, { rules: RULES, profile: 'strict' }).documents.flatMap(({ findings }) =>
      findings.flatMap((finding) =>
        finding.fixes.flatMap(({ edits }) => edits.map(({ doc }) => doc.slice('file:///w/'.length))),
      ),
    );

  it('changes its own file', () =>
    assert.deepEqual(
      fixes({
        'p.yaml': parent('S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml}}'),
        'child.yaml': `Resources:\n  B: {Type: AWS::S3::Bucket}\n${policy('!Ref B')}`,
      }),
      ['child.yaml'],
    ));
  it('is not offered if it would name a resource of the parent template', () =>
    assert.deepEqual(
      fixes({
        'p.yaml': parent(
          'B: {Type: AWS::S3::Bucket}',
          'S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {N: !Ref B}}}',
        ),
        'child.yaml': `Parameters:\n  N: {Type: String}\nResources:\n${policy('!Ref N')}`,
      }),
      [],
    ));
  it('is not offered for a value that the parent template passes', () =>
    assert.deepEqual(
      fixes({
        'p.yaml': parent(
          `S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {Encrypt: 'false', Env: prod}}}`,
        ),
        'child.yaml': CHILD,
      }),
      [],
    ));
});

describe('an unreadable nested template', () => {
  const reasonsFor = (files: Files): readonly string[] => {
    const { documents, incomplete } = analysed(files, { rules: RULES });
    return [
      ...documents.flatMap(({ problems }) => problems.map(({ message }) => message.split(/[,;]/)[0]!)),
      ...incomplete.map(({ reason }) => reason),
    ];
  };
  const stack = (url: string): string =>
    parent(`S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ${url}}}`);

  it('includes itself', () =>
    assert.deepEqual(reasonsFor({ 'p.yaml': stack('p.yaml') }), [
      'The nested stack S is part of a cycle of templates. Remove the cycle.',
    ]));
  it('includes itself through another one', () =>
    assert.deepEqual(reasonsFor({ 'p.yaml': stack('q.yaml'), 'q.yaml': stack('p.yaml') }), [
      'The nested stack S is part of a cycle of templates. Remove the cycle.',
      'The nested stack S is part of a cycle of templates. Remove the cycle.',
    ]));
  it('does not exist', () =>
    assert.deepEqual(reasonsFor({ 'p.yaml': stack('q.yaml') }), [
      'has a nested stack whose template does not exist: q.yaml',
    ]));
  it('is not a template', () =>
    assert.deepEqual(reasonsFor({ 'p.yaml': stack('q.yaml'), 'q.yaml': 'a: b' }), [
      'has a nested stack whose template is not a CloudFormation template: q.yaml, no supported format has these keys',
    ]));
  it('is above the root', () => assert.deepEqual(reasonsFor({ 'p.yaml': stack('../../q.yaml') }), []));
  it('is outside of the root folder, which is not an error', () => {
    const reader = readerOf({ 'p.yaml': stack('q.yaml') });
    const refused: FileAnswer = { kind: 'refused', reason: 'is outside the root folder /w' };
    const analysis = run(
      { ...reader, head: (doc) => (doc === uri('q.yaml') ? refused : reader.head(doc)) },
      [uri('p.yaml')],
      EVERYTHING,
    );
    assert.deepEqual(
      analysis.incomplete.map(({ reason }) => reason),
      ['has a nested stack whose template is outside the root folder /w, so it is not read: q.yaml'],
    );
    assert.deepEqual(
      analysis.documents.flatMap(({ problems }) => problems),
      [],
    );
  });
  it('is remote', () => {
    for (const url of [
      'https://x/q.yaml',
      's3://x/q.yaml',
      '/q.yaml',
      'C:\\q.yaml',
      '!Ref AWS::Region',
      '!Sub "${AWS::Region}/q.yaml"',
      '"${X}.yaml"',
      '""',
      '[q.yaml]',
    ])
      assert.deepEqual(reasonsFor({ 'p.yaml': stack(url) }), [], url);
  });
  it('exceeds the limits', () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [
        `n${i}.yaml`,
        parent(
          `A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: n${i + 1}.yaml}}`,
          `B: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: n${i + 1}.yaml}}`,
        ),
      ]),
    );
    assert.ok(
      reasonsFor({ ...many, 'n12.yaml': CHILD }).some((reason) =>
        reason.startsWith('exceeds the limit of nested stacks'),
      ),
    );
  });
});
