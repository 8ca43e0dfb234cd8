import assert from 'node:assert/strict';
import { DEFAULT_CONFIGURATION } from '../../server/src/config/configuration.ts';
import { run } from '../../server/src/engine/run.ts';
import { fileResults, type FileResult } from '../../server/src/lsp/file-result.ts';
import type { FileFixes } from '../../server/src/lsp/recent-fixes.ts';
import { memoryReader } from '../kit/memory-reader.ts';

const DOC = 'file:///w/a.yaml';
const TEXT = `Resources:
  Disk:
    Type: AWS::EC2::Volume
    Properties:
      AvailabilityZone: eu-west-1a
      Encrypted: false
`;

describe('file results', () => {
  it('are plain data, so that they keep nothing of the analysis in memory', () => {
    const analysis = run(memoryReader(new Map([[DOC, TEXT]])), [DOC], {
      profile: 'strict',
      certainty: 'possible',
      configuration: DEFAULT_CONFIGURATION,
    });
    const kept = new Map<FileResult, FileFixes>();
    const [judged] = fileResults(analysis, {
      text: () => TEXT,
      profile: 'strict',
      reported: () => true,
      suppressedFindings: 'hide',
      dependencies: new Set(),
      leading: new Set(),
      keepFixes: (result, fixes) => kept.set(result, fixes),
    });
    assert.ok(judged!.findings.length > 0);
    // A function or a getter cannot be cloned, or is lost.
    assert.deepEqual(structuredClone(judged), judged);
    assert.ok(judged!.findings.some((finding) => kept.get(judged!)!.get(finding)!.fixes().length > 0));
  });
});
