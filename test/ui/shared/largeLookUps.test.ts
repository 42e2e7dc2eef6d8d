/** Large files and large answers, one after the other in one window (test/ui/sharedWindow.ts). */
import '../lookUpColumn.test.ts';
import '../exportOnly.test.ts';
import '../exportCancel.test.ts';
import '../treeStreaming.test.ts';
import '../largeLookUp.test.ts';
import '../killedHost.test.ts';
