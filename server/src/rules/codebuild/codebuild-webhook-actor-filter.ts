import type { Fix } from '../../model/edit.ts';
import { all, is } from '../../model/judgement.ts';
import { knownString } from '../../model/leaf.ts';
import type { Resource } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import { defineRule } from '../rule.ts';
import { FILTER_GROUPS, filterGroups, FILTER_SOURCE, IS_PARTIAL } from './webhook-filters.ts';

export default defineRule({
  id: 'codebuild-webhook-actor-filter',
  on: 'resource',
  reads: { 'AWS::CodeBuild::Project': [FILTER_GROUPS] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-29',
  title: 'CodeBuild ACTOR_ACCOUNT_ID webhook filters should be anchored',
  keywords: ['CodeBreach', 'regular expression', 'unanchored pattern', 'GitHub', 'pull request', 'CI/CD'],
  why: 'The pattern also matches account IDs that contain the named one. Accounts with such an ID can start builds with their own code, which has the credentials of the build.',
  remedy: 'Begin the pattern with ^ and end it with $: ^(12345|67890)$.',
  sources: FILTER_SOURCE,
  fix: 'suggestion',
  *check(project) {
    for (const { filters, when } of filterGroups(project.get(FILTER_GROUPS)))
      for (const { pattern, allowsActors, when: there } of filters)
        yield {
          violations: [{ wrong: all(when, there, allowsActors, is(pattern, IS_PARTIAL)), at: pattern }],
          message: `${project.displayName} also builds for accounts whose IDs contain the named one. Anchor the pattern with ^ and $.`,
          fixes: (leaf) => anchorFix(project, leaf),
        };
  },
});

/** Anchors a list of account IDs. Other patterns can mean something else. */
function anchorFix(resource: Resource, leaf: Leaf): readonly Fix[] {
  const ids = knownString(leaf) ?? '';
  if (!/^\w+(?:\|\w+)*$/.test(ids)) return [];
  const value = ids.includes('|') ? `^(${ids})$` : `^${ids}$`;
  return [
    {
      title: 'Anchor the pattern with ^ and $',
      safe: false,
      edits: [{ op: 'replace', resource, target: leaf, value }],
    },
  ];
}
