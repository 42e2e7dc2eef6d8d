/** What a window without an account shows, one after the other (test/ui/sharedWindow.ts). */
import '../accounts.test.ts';
import '../firstInteractions.test.ts';
import '../welcome.test.ts';
