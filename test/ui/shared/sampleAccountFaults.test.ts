/** What one window shows of a sample account that fails now and then, one after the other (test/ui/sharedWindow.ts). */
import '../panelActions.test.ts';
import '../fates.test.ts';
// HubSpot's rate limits are waited for, also by who comes after.
import '../faults.test.ts';
