import assert from 'node:assert/strict';
import { VsCode, type VsCodeOptions } from './vscode.ts';

/** Adds a test that runs with all editors closed. */
export type AddTest = (title: string, body: (vscode: VsCode) => Promise<void>) => void;

/**
 * A group of tests in one VS Code. Whatever they do, nothing pops up and nothing leaves the machine: each test fails
 * when something did. A test that fails leaves a picture and the console of the window behind.
 */
export function describeInVsCode(title: string, options: VsCodeOptions, addTests: (test: AddTest) => void): void {
  describe(title, () => {
    let vscode: VsCode;
    before(async () => {
      vscode = await VsCode.open(options);
    });
    after(async () => vscode?.close());
    addTests((title, body) => {
      it(title, async () => {
        try {
          await vscode.control.closeAll();
          await body(vscode);
          assert.deepEqual(await vscode.disturbances(), { popups: [], outside: [] });
        } catch (error) {
          await vscode.keepEvidence(title);
          throw error;
        }
      });
    });
  });
}
