/**
 * An environment variable the stack must have set.
 * @throws Error that names the variable: a wrong deployment fails at its first call, not in a corner of it
 */
export function requiredEnv(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`The environment variable ${name} is not set: see lib/stacks.`);
  return value;
}

/** The region this code runs in. Lambda sets it. */
export const ownRegion = (): string => requiredEnv('AWS_REGION');
