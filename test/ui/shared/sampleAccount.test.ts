/** What one window on the sample account shows, one after the other (test/ui/sharedWindow.ts). */
import '../mainJob.test.ts';
import '../splitLookUp.test.ts';
import '../unsureNumbers.test.ts';
import '../readingCancel.test.ts';
import '../keyboardJourney.test.ts';
import '../interactions.test.ts';
import '../opening.test.ts';
import '../seeing.test.ts';
import '../checkPairs.test.ts';
import '../everything.test.ts';
import '../propertyColumns.test.ts';
// It leaves the log more talkative than it was.
import '../log.test.ts';
