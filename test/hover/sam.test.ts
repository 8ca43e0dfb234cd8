/** Hovers in SAM templates, whose resources generate several resources. */
import assert from 'node:assert/strict';
import { hoverAt } from '../../server/src/hover/responsibility/hover.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { data, names } from '../schemas/data.ts';
import { HEAD, stackOf } from '../formats/sam/made.ts';

const TEXT = `Globals:
  Function: {Tracing: Active}
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {Runtime: nodejs22.x, FunctionUrlConfig: {AuthType: NONE}}
`;

/** The title of the card at a text of the template. */
function titleAt(text: string): string | undefined {
  const tree = parse('file:///t.yaml', HEAD + TEXT);
  const known = new Set(names());
  return hoverAt({
    stack: stackOf(TEXT),
    tree,
    offset: (HEAD + TEXT).indexOf(text) + 1,
    level: 'all',
    findings: () => [],
    today: '2026-11-24',
    data: (name) => (known.has(name) ? data(name) : undefined),
  })?.title;
}

describe('a hover in SAM', () => {
  it('is about the resource that its author wrote', () => {
    assert.equal(titleAt('AWS::Serverless::Function'), 'AWS::Serverless::Function');
    assert.equal(titleAt('F:'), 'AWS::Serverless::Function');
  });

  it('is not about a resource where Globals begins', () => {
    assert.equal(titleAt('Globals'), undefined);
  });
});
