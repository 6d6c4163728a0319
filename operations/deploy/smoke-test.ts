import { identityOf, type Configuration } from '../../blueprint/configuration';
import { DEPLOYMENT_FILE, type RegionDeployment } from '../deployment';
import type { DeployPlatform } from './deploy-platform';

/** A function that nobody has called yet needs a moment, and so does a name in DNS. */
const PATIENCE_MS = 120_000;
const PAUSE_MS = 5_000;

/**
 * Both regions are ready, and an order is decided.
 * @returns what is wrong; undefined when nothing is
 */
export async function smokeTest(platform: DeployPlatform, configuration: Configuration): Promise<string | undefined> {
  const deployment = platform.readDeployment(DEPLOYMENT_FILE);
  for (const region of deployment.regions) {
    const status = await readyStatus(platform, region);
    if (status !== 200) return `${region.region} answers ${status ?? 'nothing'} when it is asked whether it is ready.`;
    platform.say(`${region.region} is ready.`);
  }
  if (identityOf(configuration) === 'jwt') {
    platform.say('Callers need a token of your issuer: place an order yourself.');
    return undefined;
  }
  const outcome = await platform.placeOrder(deployment);
  if (outcome !== 'CONFIRMED') return `An order of one cent ended as ${outcome}, and should be CONFIRMED.`;
  platform.say('An order of one cent was placed and is CONFIRMED. The smoke test has passed.');
  return undefined;
}

async function readyStatus(platform: DeployPlatform, region: RegionDeployment): Promise<number | undefined> {
  const giveUpMs = platform.now() + PATIENCE_MS;
  for (;;) {
    const status = await platform.httpStatus(region.healthHost, `/${region.healthPath}/ready`);
    if (status === 200 || platform.now() >= giveUpMs) return status;
    await platform.sleep(PAUSE_MS);
  }
}
