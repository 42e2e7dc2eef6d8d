import type { StandInCommand } from '../hubspotStandIn/command.ts';
import type { RecordedRequest } from '../hubspotStandIn/recordedRequest.ts';

/** Tells the stand-in for HubSpot, which runs in the launcher's process, what to do: `await standIn({ clear: true })`. */
export async function standIn(command: StandInCommand): Promise<unknown> {
  const response = await fetch(`${process.env.HUBSPOT_API_ORIGIN}/stand-in`, {
    method: 'POST',
    body: JSON.stringify(command),
  });
  if (!response.ok) throw new Error(`The stand-in refused ${JSON.stringify(command)}: ${await response.text()}`);
  return response.json();
}

/** The requests that have reached the stand-in. */
export async function requestsToStandIn(): Promise<readonly RecordedRequest[]> {
  const { requests } = (await standIn({ requests: true })) as { readonly requests: readonly RecordedRequest[] };
  return requests;
}
