/** The window of most tests: a copy of test/workspace, and a stand-in for the sample account whose token is in the environment. */
import { startHubSpotStandIn } from '../hubspotStandIn.ts';
import { sharedWindow } from './sharedWindow.ts';

export const sampleWindow = sharedWindow(() => startHubSpotStandIn(), {
  withToken: true,
  // A whole answer of some dozen rows has to have room on the screen.
  viewport: { width: 1280, height: 1000 },
});
