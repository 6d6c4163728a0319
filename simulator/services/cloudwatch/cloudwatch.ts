import type { Kernel } from '../../kernel/kernel';
import { AwsFault, type JsonObject } from '../aws-service';
import type { MetricSink } from '../metric-sink';
import { ResourceProperties } from '../resource-properties';
import type { AlarmState } from './alarm-evaluation';
import { ALARM_PROPERTIES, readAlarmIdentity, type AlarmIdentity } from './alarm-identity';
import { parseAlarmRule } from './alarm-rule';
import { Alarms, type AlarmListeners, type AlarmTransition } from './alarms';
import { readDashboard, type Dashboard } from './dashboards';
import { extractMetrics } from './emf';
import { readMetricAlarm } from './metric-alarm';
import {
  MetricStore,
  type MetricIdentity,
  type MetricQuery,
  type MetricStoreOptions,
  type StoredSample,
} from './metric-store';
import type { MetricPoint } from './metric-series';

export interface CloudWatchOptions extends MetricStoreOptions, AlarmListeners {
  /** For ARNs. */
  readonly accountId: string;
}

/** A log line that claims to hold metrics and does not keep to the format. */
export interface EmfProblem {
  readonly timeUs: number;
  readonly region: string;
  readonly problem: string;
  /** The start of the line. */
  readonly line: string;
}

const INJECTION_PERIOD_US = 10_000_000;

/** Metrics and alarms of every region. A sample says which region's CloudWatch holds it. */
export class CloudWatch implements MetricSink {
  /** What was logged as a metric and could not be one. Never empty in silence: a run should report it. */
  readonly emfProblems: EmfProblem[] = [];
  private readonly store: MetricStore;
  private readonly alarms: Alarms;
  private readonly dashboardsByName = new Map<string, Dashboard>();
  private readonly deafRegions = new Set<string>();
  /** The number of the injection that is under way, by alarm. */
  private readonly injections = new Map<string, number>();

  constructor(
    private readonly kernel: Kernel,
    private readonly options: CloudWatchOptions,
  ) {
    this.store = new MetricStore(kernel, options);
    this.alarms = new Alarms(kernel, this.store, options);
  }

  /** Every change of state of every alarm, in order of time. */
  get history(): readonly AlarmTransition[] {
    return this.alarms.history;
  }

  put(sample: StoredSample): void {
    if (!this.deafRegions.has(sample.region)) this.store.put(sample);
  }

  /** From now on nothing is taken in for the region; what is sent meanwhile is lost. Alarms go on with what there is. */
  loseSamples(region: string): void {
    this.deafRegions.add(region);
    this.kernel.record(`cloudwatch.${region}`, 'lose-samples');
  }

  takeSamples(region: string): void {
    this.deafRegions.delete(region);
    this.kernel.record(`cloudwatch.${region}`, 'take-samples');
  }

  /** Takes one log line of a function; lines in the embedded metric format become samples. */
  putLogLine(region: string, line: string): void {
    const { samples, problems } = extractMetrics(region, line);
    for (const sample of samples) this.put(sample);
    for (const problem of problems) {
      this.emfProblems.push({ timeUs: this.kernel.nowUs, region, problem, line: line.slice(0, 500) });
    }
  }

  /**
   * Creates an `AWS::CloudWatch::Alarm`.
   *
   * @param name the name CloudFormation would generate, used when `AlarmName` is missing
   * @returns the alarm with its final name and its ARN
   */
  createAlarm(region: string, name: string, properties: JsonObject): AlarmIdentity {
    const definition = readMetricAlarm(region, this.options.accountId, name, properties);
    this.alarms.start(definition);
    return definition;
  }

  /**
   * Creates an `AWS::CloudWatch::CompositeAlarm`; the alarms of its rule must exist.
   *
   * @param name the name CloudFormation would generate, used when `AlarmName` is missing
   * @throws AwsFault for a suppressor without its two periods, or one that does not exist
   */
  createCompositeAlarm(region: string, name: string, properties: JsonObject): AlarmIdentity {
    const reader = new ResourceProperties(`AWS::CloudWatch::CompositeAlarm ${name}`, properties, {
      modelled: [
        ...ALARM_PROPERTIES,
        'ActionsSuppressor',
        'ActionsSuppressorExtensionPeriod',
        'ActionsSuppressorWaitPeriod',
        'AlarmRule',
      ],
      harmless: ['Tags'],
    });
    const identity = readAlarmIdentity(region, this.options.accountId, name, reader);
    const suppressor = reader.optionalString('ActionsSuppressor');
    const suppressionRule =
      suppressor === undefined
        ? undefined
        : {
            suppressorName: suppressor.replace(/^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:/, ''),
            waitPeriodSeconds: reader.number('ActionsSuppressorWaitPeriod'),
            extensionPeriodSeconds: reader.number('ActionsSuppressorExtensionPeriod'),
          };
    this.alarms.startComposite(identity, parseAlarmRule(reader.string('AlarmRule')), suppressionRule);
    return identity;
  }

  /**
   * From now on the metric that an alarm watches has this value too, every ten seconds: for what only AWS can cause. Does
   * nothing when the region has no such alarm.
   */
  keepPutting(region: string, alarmName: string, value: number): void {
    const metric = this.alarms.metricOf(region, alarmName);
    if (metric === undefined) return;
    const key = `${region}/${alarmName}`;
    const run = (this.injections.get(key) ?? 0) + 1;
    this.injections.set(key, run);
    this.kernel.record(`cloudwatch.${region}`, 'inject', `${alarmName} ${value}`);
    const put = (): void => {
      if (this.injections.get(key) !== run) return;
      this.put({ ...metric, value, unit: 'None' });
      this.kernel.after(INJECTION_PERIOD_US, put);
    };
    put();
  }

  /** Ends it. @param lastValue what the metric says once more @default - nothing */
  stopPutting(region: string, alarmName: string, lastValue?: number): void {
    const metric = this.alarms.metricOf(region, alarmName);
    if (metric === undefined) return;
    const key = `${region}/${alarmName}`;
    this.injections.set(key, (this.injections.get(key) ?? 0) + 1);
    this.kernel.record(`cloudwatch.${region}`, 'inject-end', alarmName);
    if (lastValue !== undefined) this.put({ ...metric, value: lastValue, unit: 'None' });
  }

  /**
   * Creates an `AWS::CloudWatch::Dashboard`. Dashboards are the account's: one name is one dashboard, in whichever region.
   *
   * @throws AwsFault for a name that is taken, and for a body that CloudWatch would not accept
   */
  createDashboard(region: string, name: string, body: string): void {
    if (this.dashboardsByName.has(name)) {
      throw new AwsFault('AlreadyExistsException', `The dashboard ${name} exists already.`);
    }
    this.dashboardsByName.set(name, readDashboard(region, name, body));
  }

  /** Every dashboard, in the order in which they were created. */
  dashboards(): Dashboard[] {
    return [...this.dashboardsByName.values()];
  }

  /** @throws AwsFault when the region has no such alarm */
  alarmState(region: string, alarmName: string): AlarmState {
    return this.alarms.stateOf(region, alarmName);
  }

  /** What the data of a metric alarm says, whatever its state. @throws AwsFault when no health check can follow it */
  judgeAlarmData(region: string, alarmName: string, previous: AlarmState): AlarmState {
    return this.alarms.judgeData(region, alarmName, previous);
  }

  /** Every alarm, in the order in which they were created. */
  alarmIdentities(): AlarmIdentity[] {
    return this.alarms.identities();
  }

  /** Lets samples arrive that are still on their way: before charts are drawn at the end of a run. */
  flush(): void {
    this.store.flush();
  }

  /** `[seconds since the start of the run, value]` for every period with samples. */
  series(region: string, query: MetricQuery): MetricPoint[] {
    return this.store.series(region, query);
  }

  /** Every metric that had a sample. */
  metrics(): MetricIdentity[] {
    return this.store.identities();
  }
}
