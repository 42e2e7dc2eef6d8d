/** What can happen in the middle of a long look-up, one after the other in one window (test/ui/sharedWindow.ts). */
import '../cancelResume.test.ts';
import '../dailyLimit.test.ts';
import '../reload.test.ts';
import '../otherWindow.test.ts';
// The token that the window was started with is no good after it.
import '../tokenDies.test.ts';
