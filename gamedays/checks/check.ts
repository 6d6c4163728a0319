import type { Observations } from '../observations';
import type { Verdict } from '../result';

/** A question that is put to what a run has gathered. It changes nothing and knows nothing but the observations. */
export interface Check {
  readonly id: string;
  /** The sentence that holds when the check passes. */
  readonly title: string;
  /** The sentence that holds when it fails. */
  readonly failureTitle: string;
  /** Why one should care. */
  readonly description: string;
  readonly judge: (observations: Observations) => Judgement;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly measured: string;
  readonly bar: string;
  /** The cases behind a failure. @default - none */
  readonly details?: readonly string[];
}

/** The judgement of a check that asks for the absence of something: every offender is a detail. */
export function none(offenders: readonly string[], what: string): Judgement {
  return {
    verdict: offenders.length === 0 ? 'pass' : 'fail',
    measured: `${offenders.length} ${what}`,
    bar: `0 ${what}`,
    details: offenders,
  };
}
