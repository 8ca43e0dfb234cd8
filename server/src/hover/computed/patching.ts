import type { Here } from '../here.ts';

/** The types by which a stack sets up that machines get their patches. */
const PATCHING = [
  'AWS::SSM::PatchBaseline',
  'AWS::SSM::MaintenanceWindowTask',
  'AWS::SSM::Association',
  'AWS::ImageBuilder::ImagePipeline',
];

/** Who patches a machine: what the stack has for it, or that it has nothing. */
export function patching({ stack }: Here): string | undefined {
  const found = stack.resources
    .filter(({ type, exists }) => PATCHING.includes(type) && exists.yes.satisfiable())
    .map(({ address }) => address);
  if (found.length > 0) return `set up here by ${found.slice(0, 2).join(', ')}`;
  return stack.closed ? 'nothing here installs patches; it may be done centrally' : undefined;
}
