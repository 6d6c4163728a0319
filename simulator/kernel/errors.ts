/** Base of everything the simulator throws on its own account. What AWS would answer is never thrown from here. */
export abstract class SimulatorError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** The template or the code uses something the simulator does not model. It is refused by name, never guessed. */
export class NotModelled extends SimulatorError {
  /**
   * @param what the thing that is not modelled, for example `Property AWS::SQS::Queue.FifoQueue`
   * @param nextStep what the reader can do about it
   */
  constructor(
    readonly what: string,
    nextStep: string,
  ) {
    super(`${what} is not modelled. ${nextStep}`);
  }
}

/** An invariant of the simulator itself is broken: the run says nothing about the system under test. */
export class SimulatorDefect extends SimulatorError {}
