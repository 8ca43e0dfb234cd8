import type { Here } from '../here.ts';

/** Resource types that set up patching. */
const PATCHING = [
  'AWS::SSM::PatchBaseline',
  'AWS::SSM::MaintenanceWindowTask',
  'AWS::SSM::Association',
  'AWS::ImageBuilder::ImagePipeline',
];

/** How instances are patched: the patching resources of the stack, or none. */
export function patching({ stack }: Here): string | undefined {
  const found = stack.resources
    .filter(({ type, when }) => PATCHING.includes(type) && when.yes.satisfiable())
    .map(({ address }) => address);
  if (found.length > 0) return `set up by ${found.slice(0, 2).join(', ')}`;
  return stack.closed ? 'no patching resources here; patches can be managed centrally' : undefined;
}
