import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ownRegion } from '../shared/environment';
import { jsonResponse } from '../shared/problem';
import { isPeerEvacuated } from './evacuation-switch';
import { readiness } from './readiness';

/**
 * GET /{healthPath}/live, /ready and /switch/{region}. Status codes are all a health checker reads.
 *
 * `switch/{region}` answers 200 only while this region says that `region` is evacuated; the check on it is inverted.
 */
export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const answer = (status: number, state: string) => jsonResponse(status, { region: ownRegion(), state });
  if (event.routeKey.endsWith('/live')) return answer(200, 'live');
  if (event.routeKey.endsWith('/ready')) {
    const state = await readiness(Date.now());
    return answer(state === 'ready' ? 200 : 503, state);
  }
  const region = event.pathParameters?.['region'] ?? '';
  return (await isPeerEvacuated(region, Date.now())) ? answer(200, 'evacuated') : answer(404, 'not-evacuated');
}
