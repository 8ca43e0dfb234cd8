/** The tags of resources, by which other resources select them. */
import { MAYBE } from '../../base/guard.ts';
import { ownEntry } from '../../base/table.ts';
import { isTemplate } from '../../model/format.ts';
import { all, among, any, is, judgement, UNKNOWABLE, type Judgement, type Predicate } from '../../model/judgement.ts';
import { text } from '../../model/predicate.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';

/** The properties for tags, by type; `Tags` for others. */
const TAGS: Readonly<Record<string, string>> = { 'AWS::EFS::FileSystem': 'FileSystemTags' };

/** Whether a resource has a tag with such a value. The key can be a condition key: `aws:ResourceTag/backup`. */
export function hasTag(resource: Resource, key: Value, predicate: Predicate | undefined): Judgement {
  const name = key.state === 'known' ? key.raw.replace(/^aws:ResourceTag\//i, '') : undefined;
  if (name === undefined || predicate === undefined) return UNKNOWABLE;
  const { items, complete } = resource.each(ownEntry(TAGS, resource.type) ?? 'Tags');
  // The provider of Terraform adds its default tags.
  const isKnown = isTemplate(resource.format) ? complete : MAYBE;
  return among(
    any(
      ...items.map((tag) =>
        all(
          judgement(tag.when),
          is(
            tag.get('Key'),
            text((written) => written === name),
          ),
          is(tag.get('Value'), predicate),
        ),
      ),
    ),
    isKnown,
  );
}

/** A predicate for the same string as a value; undefined if that is not known. */
export function same(value: Value): Predicate | undefined {
  return value.state === 'known' ? text((written) => written === value.raw) : undefined;
}
