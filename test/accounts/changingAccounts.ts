/** Adds so many accounts, one after another: `node changingAccounts.ts <folder> <name> <count>`. */
import { StoredAccounts } from '../../src/accounts/storedAccounts.ts';

const [folder = '', name = '', count = '0'] = process.argv.slice(2);
const stored = new StoredAccounts(folder, console.error);
for (let nth = 0; nth < Number(count); nth++) {
  const id = `${name}${nth}`;
  await stored.change((now) => ({ ...now, accounts: [...now.accounts, { id, name: id, checked: true }] }));
}
