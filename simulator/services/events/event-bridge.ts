import type { Kernel } from '../../kernel/kernel';
import type { Json, JsonObject } from '../aws-service';
import { readScheduledRule, type ScheduledRule } from './rule';

export interface EventBridgeOptions {
  /** For ARNs. */
  readonly accountId: string;
  /** Calls a target asynchronously with that payload. */
  readonly invoke: (region: string, targetArn: string, event: Json) => void;
}

/** Rules that call their targets at a steady rate, in every region. */
export class EventBridge {
  constructor(
    private readonly kernel: Kernel,
    private readonly options: EventBridgeOptions,
  ) {}

  /**
   * Creates an `AWS::Events::Rule` with a rate. It fires first within one period of its creation, at a moment of its
   * own: AWS promises the minute, not the second.
   *
   * @param name the name CloudFormation would generate, used when `Name` is missing
   */
  createRule(region: string, name: string, properties: JsonObject): ScheduledRule {
    const rule = readScheduledRule(region, this.options.accountId, name, properties);
    if (!rule.isEnabled) return rule;
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

  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
  private scheduledEvent(rule: ScheduledRule, id: string): JsonObject {
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
