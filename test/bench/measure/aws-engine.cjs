/** Validates templates with AWS's engine: `node aws-engine.cjs FILE…`. It prints how many diagnostics it has. */
'use strict';
const { RegoEngine, TemplateFile } = require('@aws/cloudformation-validate');

const engine = new RegoEngine();
let count = 0;
for (const path of process.argv.slice(2)) {
  try {
    count += engine.validateStandard(new TemplateFile(path)).diagnostics.length;
  } catch {
    // What it cannot read is not its format.
  }
}
process.stdout.write(`${count}\n`);
