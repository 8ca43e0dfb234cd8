import { someOf } from '../../base/words.ts';
import { is, type Judgement } from '../../model/judgement.ts';
import { text } from '../../model/predicate.ts';
import type { Resource } from '../../model/resource.ts';
import { resourcesOfTypes } from '../../model/resources-of-type.ts';
import type { CardContext } from '../card-context.ts';

/** The property that names the document that a resource of Systems Manager runs. */
const RUNS: ReadonlyMap<string, string> = new Map([
  ['AWS::SSM::Association', 'Name'],
  ['AWS::SSM::MaintenanceWindowTask', 'TaskArn'],
]);

/**
 * The documents that install patches.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-ssm-documents.html
 */
const INSTALLS =
  /(?:^|\/)AWS-(?:RunPatchBaseline|ApplyPatchBaseline|PatchAsgInstance|PatchInstanceWithRollback|InstallWindowsUpdates)/;

/** How instances are patched: the patching resources of the stack, or none. */
export function patching({ stack }: CardContext): string | undefined {
  const of = (...types: readonly string[]): readonly Resource[] =>
    resourcesOfTypes(stack, types).filter(({ when }) => when.yes.satisfiable());
  const running = of(...RUNS.keys());
  const installing = running.filter((one) => installs(one).yes.satisfiable());
  if (installing.length > 0) return `patched by ${namesOf(installing)}`;
  const others = [
    ...listed('patch baseline', of('AWS::SSM::PatchBaseline')),
    ...listed('images built by', of('AWS::ImageBuilder::ImagePipeline')),
  ];
  if (others.length > 0) return others.join('; ');
  const isNone = running.every((one) => installs(one).no.isAlways());
  return stack.closed && isNone ? 'no patching resources here; patches can be managed centrally' : undefined;
}

/** Whether a resource of Systems Manager runs a document that installs patches. */
function installs(resource: Resource): Judgement {
  return is(
    resource.get(RUNS.get(resource.type)!),
    text((name) => INSTALLS.test(name)),
  );
}

function listed(words: string, resources: readonly Resource[]): readonly string[] {
  return resources.length > 0 ? [`${words} ${namesOf(resources)}`] : [];
}

function namesOf(resources: readonly Resource[]): string {
  return someOf(
    resources.map(({ displayName }) => displayName),
    2,
    'resource',
  );
}
