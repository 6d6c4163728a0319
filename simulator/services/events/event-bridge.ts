import type { Kernel } from '../../kernel/kernel';
import type { Json, JsonObject } from '../aws-service';
import { readRule, type EventRule } from './rule';

export interface EventBridgeOptions {
  /** For ARNs. */
  readonly accountId: string;
  /** Calls a target asynchronously with that payload. */
  readonly invoke: (region: string, targetArn: string, event: Json) => void;
}

/** From an event to the call of a target, in milliseconds, drawn evenly: an assumption. */
const DELIVERY_DELAY_MS = { low: 50, high: 500 };

/** Rules that call their targets at a steady rate or for events, in every region. */
export class EventBridge {
  private readonly patternRules: EventRule[] = [];

  constructor(
    private readonly kernel: Kernel,
    private readonly options: EventBridgeOptions,
  ) {}

  /**
   * Creates an `AWS::Events::Rule`. One with a rate fires first within one period of its creation, at a moment of its
   * own: AWS promises the minute, not the second.
   *
   * @param name the name CloudFormation would generate, used when `Name` is missing
   */
  createRule(region: string, name: string, properties: JsonObject): EventRule {
    const rule = readRule(region, this.options.accountId, name, properties);
    if (!rule.isEnabled) return rule;
    if (rule.periodSeconds === undefined) {
      this.patternRules.push(rule);
      return rule;
    }
    const periodUs = rule.periodSeconds * 1_000_000;
    const random = this.kernel.random(`events/rule/${region}/${rule.name}`);
    const fire = (): void => {
      const event = this.scheduledEvent(rule, random.uuid());
      this.kernel.record(`events/${region}`, 'Fire', rule.name);
      for (const target of rule.targets) this.options.invoke(region, target.arn, target.input ?? event);
      this.kernel.after(periodUs, fire);
    };
    this.kernel.after(random.below(periodUs), fire);
    return rule;
  }

  /** Tells an event of a service on the region's default bus to every rule that matches it. */
  publish(region: string, event: JsonObject): void {
    for (const rule of this.patternRules) {
      if (rule.region !== region || !rule.pattern!(event)) continue;
      const { low, high } = DELIVERY_DELAY_MS;
      const delayMs = this.kernel.random(`events/delivery/${region}/${rule.name}`).uniform(low, high);
      this.kernel.after(delayMs * 1_000, () => {
        this.kernel.record(`events/${region}`, 'Match', rule.name);
        for (const target of rule.targets) this.options.invoke(region, target.arn, target.input ?? event);
      });
    }
  }

  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
  private scheduledEvent(rule: EventRule, id: string): JsonObject {
    return {
      version: '0',
      id,
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: this.options.accountId,
      time: new Date(this.kernel.epochMs).toISOString().replace(/\.\d+Z$/, 'Z'),
      region: rule.region,
      resources: [rule.arn],
      detail: {},
    };
  }
}
