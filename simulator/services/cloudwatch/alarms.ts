import type { Kernel } from '../../kernel/kernel';
import { AwsFault } from '../aws-service';
import { ActionSuppression, type SuppressionRule } from './action-suppression';
import { evaluateAlarm, type AlarmState, type AlarmVerdict } from './alarm-evaluation';
import type { AlarmRuleExpression } from './alarm-rule';
import type { AlarmIdentity } from './alarm-identity';
import { evaluateAlarmMath, type AlarmMetric } from './alarm-metrics';
import type { MetricAlarmDefinition } from './metric-alarm';
import type { Points } from './metric-math';
import type { MetricIdentity, MetricStore } from './metric-store';

/** One change of state, as the history and the report show it. */
export interface AlarmTransition {
  readonly timeUs: number;
  readonly region: string;
  readonly alarmName: string;
  readonly from: AlarmState;
  readonly to: AlarmState;
  readonly reason: string;
}

/** What an action is told. */
export interface AlarmEvent {
  readonly alarm: AlarmIdentity;
  /** The definition behind `alarm` when it is a metric alarm. */
  readonly metricAlarm?: MetricAlarmDefinition;
  readonly transition: AlarmTransition;
  /** The time of the transition, in milliseconds since 1970. */
  readonly epochMs: number;
}

/** Where alarms announce their changes. */
export interface AlarmListeners {
  /** Carries out one action of an alarm, such as a message to a topic. */
  readonly deliver: (actionArn: string, event: AlarmEvent) => void;
  /** Hears every change of state, whatever the actions: EventBridge does. */
  readonly onStateChange?: (event: AlarmEvent) => void;
}

interface AlarmRecord {
  readonly identity: AlarmIdentity;
  readonly metricAlarm?: MetricAlarmDefinition;
  state: AlarmState;
  /** Composite alarms to look at again when this alarm changes. */
  readonly dependents: (() => void)[];
  /** @default - actions follow at once */
  suppression?: ActionSuppression;
}

const US_PER_S = 1_000_000;

/**
 * All alarms of all regions. A metric alarm is evaluated every minute (every 10 s when its period is 10 or 30 s) at a
 * moment of its own, over periods that end at the last full minute (or 10 s). A region that is cut off goes on
 * evaluating: inside, nothing stopped.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export class Alarms {
  readonly history: AlarmTransition[] = [];
  private readonly records = new Map<string, AlarmRecord>();

  constructor(
    private readonly kernel: Kernel,
    private readonly store: MetricStore,
    private readonly listeners: AlarmListeners,
  ) {}

  /** Starts a metric alarm; it begins in INSUFFICIENT_DATA. */
  start(definition: MetricAlarmDefinition): void {
    const record = this.add(definition, definition);
    for (const { metric } of definition.metrics) {
      this.store.retain(metric, (definition.evaluationRange + 2) * definition.periodSeconds);
    }
    const intervalUs = (definition.periodSeconds < 60 ? 10 : 60) * US_PER_S;
    const phaseUs = this.kernel.random(`cloudwatch/alarm/${definition.region}/${definition.name}`).below(intervalUs);
    const evaluate = (): void => {
      this.setState(record, this.evaluate(definition, record.state));
      this.kernel.after(intervalUs, evaluate);
    };
    this.kernel.after(phaseUs, evaluate);
  }

  /**
   * Starts a composite alarm. The alarms it names must exist. It is judged at once and again whenever one of them
   * changes; only the moment of its creation sees it in INSUFFICIENT_DATA.
   *
   * @param suppressionRule what may hold its actions back @default - nothing
   */
  startComposite(identity: AlarmIdentity, rule: AlarmRuleExpression, suppressionRule?: SuppressionRule): void {
    const record = this.add(identity);
    if (suppressionRule !== undefined) this.suppress(record, suppressionRule);
    const stateOf = (alarmName: string): AlarmState => this.stateOf(identity.region, alarmName);
    const judge = (): void => {
      const state = rule.holds(stateOf) ? 'ALARM' : 'OK';
      const states = rule.alarmNames.map((alarmName) => `${alarmName} is ${stateOf(alarmName)}`).join(', ');
      this.setState(record, { state, reason: `AlarmRule is ${state === 'ALARM' ? 'TRUE' : 'FALSE'}: ${states}` });
    };
    for (const alarmName of rule.alarmNames) this.recordOf(identity.region, alarmName).dependents.push(judge);
    this.kernel.after(0, judge);
  }

  // Before the rule's own alarms, so that a suppressor that is also part of the rule suppresses what it causes.
  private suppress(record: AlarmRecord, rule: SuppressionRule): void {
    const suppressor = this.recordOf(record.identity.region, rule.suppressorName);
    const suppression = new ActionSuppression(this.kernel, rule);
    record.suppression = suppression;
    const follow = (): void => suppression.follow(suppressor.state);
    suppressor.dependents.push(follow);
    follow();
  }

  /** @throws AwsFault when the region has no such alarm */
  stateOf(region: string, alarmName: string): AlarmState {
    return this.recordOf(region, alarmName).state;
  }

  /**
   * What the data of a metric alarm says at this instant, whatever the state of the alarm: for health checks of Route 53.
   * They follow alarms on one metric of standard resolution, by a statistic that is no percentile:
   * https://docs.aws.amazon.com/Route53/latest/APIReference/API_AlarmIdentifier.html
   *
   * @param previous what it said when the asker looked before
   * @throws AwsFault when the region has no such alarm, or one that a health check cannot follow
   */
  judgeData(region: string, alarmName: string, previous: AlarmState): AlarmState {
    const { metricAlarm } = this.recordOf(region, alarmName);
    const statistic = metricAlarm?.metrics[0]?.statistic.kind;
    const isFollowed = metricAlarm?.math === undefined && (metricAlarm?.periodSeconds ?? 0) >= 60;
    if (metricAlarm === undefined || !isFollowed || statistic === 'percentile') {
      throw new AwsFault(
        'InvalidInput',
        `A health check cannot follow alarm ${alarmName}: it needs one metric of standard resolution and a statistic such as Average.`,
      );
    }
    return this.evaluate(metricAlarm, previous).state;
  }

  /** Every alarm, in the order in which they were created. */
  identities(): AlarmIdentity[] {
    return Array.from(this.records.values(), (record) => record.identity);
  }

  /** The one metric of a metric alarm; undefined for an alarm that is not there or watches an expression. */
  metricOf(region: string, alarmName: string): MetricIdentity | undefined {
    const watched = this.records.get(`${region}/${alarmName}`)?.metricAlarm;
    return watched?.math === undefined ? watched?.metrics[0]?.metric : undefined;
  }

  private add(identity: AlarmIdentity, metricAlarm?: MetricAlarmDefinition): AlarmRecord {
    const key = `${identity.region}/${identity.name}`;
    if (this.records.has(key)) {
      throw new AwsFault('AlreadyExistsException', `Alarm ${identity.name} exists already in ${identity.region}.`);
    }
    const record: AlarmRecord = {
      identity,
      state: 'INSUFFICIENT_DATA',
      dependents: [],
      ...(metricAlarm === undefined ? {} : { metricAlarm }),
    };
    this.records.set(key, record);
    return record;
  }

  private recordOf(region: string, alarmName: string): AlarmRecord {
    const record = this.records.get(`${region}/${alarmName}`);
    if (record !== undefined) return record;
    throw new AwsFault('ResourceNotFound', `Alarm ${alarmName} does not exist in ${region}.`, 404);
  }

  private evaluate(definition: MetricAlarmDefinition, previous: AlarmState): AlarmVerdict {
    const { rule, periodSeconds, evaluationRange, metrics, math } = definition;
    const alignmentSeconds = periodSeconds < 60 ? 10 : 60;
    const endSeconds = Math.floor(this.kernel.epochMs / 1000 / alignmentSeconds) * alignmentSeconds;
    if (math !== undefined) {
      const pointsById = new Map(metrics.map((one) => [one.id!, this.pointsOf(one, definition, endSeconds)]));
      return evaluateAlarm(rule, { points: evaluateAlarmMath(math, pointsById, evaluationRange) }, previous);
    }
    const [only] = metrics;
    const points = this.pointsOf(only!, definition, endSeconds);
    if (rule.sampleCountMin === undefined) return evaluateAlarm(rule, { points }, previous);
    const series = this.store.visible(only!.metric);
    const sampleCount = series?.sampleCount(endSeconds - rule.evaluationPeriods * periodSeconds, endSeconds) ?? 0;
    return evaluateAlarm(rule, { points, sampleCount }, previous);
  }

  private pointsOf({ metric, statistic }: AlarmMetric, definition: MetricAlarmDefinition, endSeconds: number): Points {
    const { periodSeconds, evaluationRange } = definition;
    const series = this.store.visible(metric);
    const points: (number | undefined)[] = [];
    for (let age = evaluationRange; age >= 1; age--) {
      const from = endSeconds - age * periodSeconds;
      points.push(series?.statistic(from, from + periodSeconds, statistic));
    }
    return points;
  }

  private setState(record: AlarmRecord, { state, reason }: AlarmVerdict): void {
    if (state === record.state) return;
    const { identity } = record;
    const transition: AlarmTransition = {
      timeUs: this.kernel.nowUs,
      region: identity.region,
      alarmName: identity.name,
      from: record.state,
      to: state,
      reason,
    };
    record.state = state;
    this.history.push(transition);
    this.kernel.record(`cloudwatch/${identity.region}`, 'StateUpdate', `${identity.name} ${transition.from} ${state}`);
    const event: AlarmEvent = {
      alarm: identity,
      transition,
      epochMs: this.kernel.epochMs,
      ...(record.metricAlarm === undefined ? {} : { metricAlarm: record.metricAlarm }),
    };
    this.listeners.onStateChange?.(event);
    const act = (): void => {
      for (const actionArn of identity.actions[state]) this.listeners.deliver(actionArn, event);
    };
    if (identity.actionsEnabled) {
      if (record.suppression === undefined) act();
      else record.suppression.request(state, act);
    }
    for (const judgeAgain of record.dependents) judgeAgain();
  }
}
