import type { Command } from 'commander';
import { nearestName } from '../../blueprint/did-you-mean';
import {
  DEPLOYMENT_FILE,
  DeploymentError,
  readDeployment,
  type Deployment,
  type SwitchPlatform,
} from '../../operations';
import { parseFile } from './option-parsers';

/** For commands that touch a deployed system: where its hosts and names are written. */
export function withDeployment(command: Command): Command {
  const description = 'the outputs that cdk deploy has written';
  return command.option('--deployment <file>', description, parseFile, DEPLOYMENT_FILE);
}

/** Reads the file, or ends the command with one line. */
export function loadDeployment(file: string, command: Command): Deployment {
  try {
    return readDeployment(file);
  } catch (error) {
    if (error instanceof DeploymentError) command.error(`${error.message} Allowed: --deployment with another file.`);
    throw error;
  }
}

/** AWS, loaded on demand: no other command needs the SDK. */
export async function platformOf(deployment: Deployment): Promise<SwitchPlatform> {
  const { awsSwitchPlatform } = await import('../../operations/aws-switch-platform');
  return awsSwitchPlatform(deployment);
}

/** Ends the command with one line for a region that is none of the two. */
export function refuseUnknownRegion(region: string, { regions }: Deployment, command: Command): void {
  const known = regions.map((deployed) => deployed.region);
  if (known.includes(region)) return;
  const meant = nearestName(region, known);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  command.error(`The region "${region}" does not serve. Allowed: ${known.join(', ')}.${hint}`);
}
