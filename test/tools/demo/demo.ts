/**
 * The main job and a check of pairs, done in a real VS Code the way a user does it, with the sample account: `npm run demo`. On
 * a terminal VS Code stays up for going on by hand; with `--check`, or without a terminal, it ends with 0 when the job was done
 * and seen on the screen.
 */
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { closeAll } from '../../host/closing.ts';
import { prepare, runMain } from '../../host/preparation.ts';
import type { TreeView } from '../../host/treeView.ts';
import { newest, projectFolder } from '../../host/vscodeRelease.ts';
import { openVscode } from '../../host/vscodeWindow.ts';
import type { Workbench } from '../../host/workbench.ts';
import { type AnswerNumbers, answerNumbers } from './answerNumbers.ts';

const file = 'deals-export.csv';
/** The lines whose record ids are selected. The id is the first column, in quotes. */
const [first, last] = [2, 13];
const idLength = '17982944313'.length;
const asked = last - first + 1;

await runMain(async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
  const stays = !values.check && process.stdin.isTTY === true && process.stdout.isTTY === true;
  await prepare(newest);
  console.log(`Starting VS Code ${newest.version} with the extension on a copy of test/workspace...`);
  const { workbench, address } = await openVscode({ openFile: file, viewport: { width: 1440, height: 900 } });
  try {
    console.log(`Selecting ${asked} record ids in ${file}, lines ${first} to ${last}...`);
    await workbench.selectColumn(first, last, 2, idLength);
    await workbench.chooseFrom(() => workbench.openContextMenu(), 'Look Up HubSpot Associations...');
    await workbench.quickInput.opened('Which object type are these records?');
    await workbench.quickInput.pick('Deals');
    await workbench.quickInput.opened('Which associated records do you want to see?');
    await workbench.quickInput.pick('Companies');
    console.log(`Asked: the companies of ${asked} deals, of the sample account.`);

    const lookUps = await workbench.openView('HubSpot Associations', 'Lookups');
    const rows = await lookUps.until('the look-up has ended', ([row]) => /complete/.test(row?.spoken ?? ''));
    const inTree = answerNumbers(rows[0]?.spoken ?? '');
    await lookUps.expand(rows.find(({ label }) => /^\d+$/.test(label))?.label ?? /./);
    await workbench.widenSideBar(480);
    const panel = workbench.webview();
    await panel
      .locator('.badge', { hasText: /^Complete/ })
      .first()
      .waitFor();
    const inPanel = answerNumbers(await panel.locator('body').innerText());
    console.log(`Found, in the tree:  ${sentence(inTree)}`);
    console.log(`Found, in the panel: ${sentence(inPanel)}`);
    const picture = await workbench.screenshot('demo');
    console.log(`Picture: ${relative(projectFolder, picture)}`);
    const trouble = whatIsWrong(inTree, inPanel);
    if (trouble) {
      console.error(trouble);
      return 1;
    }
    await checkPairs(workbench, lookUps);
  } catch (error) {
    console.error(`What the screen showed then: ${relative(projectFolder, await workbench.screenshot('demo-failed'))}`);
    throw error;
  } finally {
    if (!stays) await closeAll();
  }
  if (stays) {
    console.log(`\nGo on by hand, in your browser:\n\n  ${address}\n\nCtrl+C ends VS Code.`);
    process.exitCode = 0;
    // Ctrl+C closes everything and ends the process.
    await new Promise(() => undefined);
  }
  return 0;
});

/** Then a file that says which records ought to be associated. In it, each verdict was planted. */
async function checkPairs(workbench: Workbench, lookUps: TreeView): Promise<void> {
  const planted =
    '21 expected = 13 confirmed + 2 label differs + 2 missing + 4 no such record + 0 cannot tell, 9 unexpected';
  await workbench.openFile('migration.csv');
  await workbench.ask('HubSpot Associations: Check HubSpot Pairs...', 'Does HubSpot have these pairs?');
  await workbench.quickInput.accept();
  await lookUps.until('every pair has its verdict', ([first]) => first?.spoken.includes(planted) ?? false);
  console.log(`Checked, migration.csv: ${planted}`);
}

function sentence({ asked, found, none, failed, notRead }: AnswerNumbers): string {
  return `${asked} asked = ${found} found + ${none} none + ${failed} failed + ${notRead} not read`;
}

function whatIsWrong(tree: AnswerNumbers, panel: AnswerNumbers): string | undefined {
  if (sentence(tree) !== sentence(panel)) return 'Tree and panel do not show the same numbers.';
  if (tree.asked !== asked) return `${asked} record ids were selected, and the screen speaks of ${tree.asked}.`;
  const { found, none, failed, notRead } = tree;
  if (found + none + failed + notRead !== asked) return 'Not every record that was asked for has a place.';
  return found > 0 ? undefined : 'No association was found.';
}
