import type { Deployment } from '../deployment';

/** An alarm as CloudWatch has it now. */
export interface AlarmState {
  readonly name: string;
  readonly region: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
}

/** Everything that a deployment touches of the world. A test sees the exact commands behind the same interface. */
export interface DeployPlatform {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(durationMs: number): Promise<void>;
  /** Runs a command and shows what it says. @returns its exit code */
  run(command: readonly string[]): Promise<number>;
  /** The alarms of a region whose names begin so. @throws when CloudWatch does not answer */
  alarms(region: string, prefix: string): Promise<readonly AlarmState[]>;
  /** Puts the outputs of all stacks that were written into one file. */
  collectOutputs(files: readonly string[], into: string): void;
  /** What the file says. @throws DeploymentError */
  readDeployment(file: string): Deployment;
  /** Status of a GET over HTTPS; undefined when no answer came. */
  httpStatus(host: string, path: string): Promise<number | undefined>;
  /** Places one order as a customer would. @returns its outcome, or why there is none */
  placeOrder(deployment: Deployment): Promise<string>;
  /** Whether the person says yes. */
  ask(question: string): Promise<boolean>;
  /** Tells the person one line. */
  say(line: string): void;
}
