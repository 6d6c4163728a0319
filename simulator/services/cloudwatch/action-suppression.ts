import type { Kernel, Timer } from '../../kernel/kernel';
import type { AlarmState } from './alarm-evaluation';

/** What a template says of a composite alarm's suppressor. */
export interface SuppressionRule {
  /** The alarm that suppresses actions while it is in ALARM, of the same region. */
  readonly suppressorName: string;
  /** How long actions wait for the suppressor to go into ALARM. */
  readonly waitPeriodSeconds: number;
  /** How long actions are held back after the suppressor has left ALARM. */
  readonly extensionPeriodSeconds: number;
}

/**
 * Holds the actions of one composite alarm back. What is carried out in the end is the action of the state the alarm has
 * then, and nothing when it has come back to the state of its last action: the guide does not say, so this is an
 * assumption, as is that a change of state starts no second wait.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html,
 * ActionsSuppressor, ActionsSuppressorWaitPeriod and ActionsSuppressorExtensionPeriod
 */
export class ActionSuppression {
  private timer: Timer | undefined;
  private latest: { readonly state: AlarmState; readonly act: () => void } | undefined;
  private actedState: AlarmState = 'INSUFFICIENT_DATA';
  private isSuppressing = false;

  constructor(
    private readonly kernel: Kernel,
    private readonly rule: SuppressionRule,
  ) {}

  /** The composite alarm has changed its state, and would act. */
  request(state: AlarmState, act: () => void): void {
    this.latest = { state, act };
    if (!this.isSuppressing && this.timer === undefined) this.releaseAfter(this.rule.waitPeriodSeconds);
  }

  /** The suppressor has changed its state. */
  follow(suppressorState: AlarmState): void {
    const wasSuppressing = this.isSuppressing;
    this.isSuppressing = suppressorState === 'ALARM';
    if (this.isSuppressing) {
      this.kernel.cancel(this.timer);
      this.timer = undefined;
    } else if (wasSuppressing) {
      this.releaseAfter(this.rule.extensionPeriodSeconds);
    }
  }

  private releaseAfter(seconds: number): void {
    if (seconds === 0) return this.release();
    this.timer = this.kernel.after(seconds * 1_000_000, () => {
      this.timer = undefined;
      this.release();
    });
  }

  private release(): void {
    const { latest } = this;
    if (latest === undefined || latest.state === this.actedState) return;
    this.actedState = latest.state;
    latest.act();
  }
}
