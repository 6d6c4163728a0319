import type { Command } from 'commander';
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
