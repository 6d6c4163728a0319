import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { REGIONAL_STATE_KEY, REGULATION_KEY } from '../../../blueprint/names';
import type { ShedOverride } from '../../../blueprint/load-shedding';
import { ORDER_CLASSES, type OrderClass } from '../../../blueprint/priorities';
import { createControlDynamoDb } from '../clients';
import { requiredEnv } from '../environment';
import { parseBreaker, type Breaker } from './breaker';
import { isTriple, parseState, stateText, type RegulationCounters, type RegulationState } from './regulation-state';

/** The region's one item of control: small, never replicated, and lost without harm. */
export interface ControlItem {
  readonly tick: number;
  /** @default - nothing was regulated yet, or what stands there is no state */
  readonly state?: RegulationState;
  /** Counted since the last tick. */
  readonly counters: RegulationCounters;
  /** Epoch milliseconds. */
  readonly pressedUntil: number;
  readonly breaker: Breaker;
  /** What the operator has ordered, whether it still holds or not. */
  readonly override?: ShedOverride;
}

/** How the control item is read and written. Every call may fail, and then nothing is known. */
export interface ControlStore {
  read(): Promise<ControlItem>;
  /** Adds to what is counted and, while there is pressure, says so. @returns the item after it */
  flush(counters: RegulationCounters, pressedUntil: number | undefined): Promise<ControlItem>;
  /** Advances the state, unless somebody has done so since. @returns the item as it is then */
  advance(from: ControlItem, next: RegulationState, pressedUntil: number): Promise<ControlItem>;
  /** Takes tokens of a class. @returns false when there are not enough left before the next tick */
  lease(orderClass: OrderClass, tokens: number): Promise<boolean>;
  /** Puts the breaker into another state, unless somebody has done so since. @returns the item as it is then, and whether */
  switchBreaker(from: Breaker, to: Breaker): Promise<{ readonly item: ControlItem; readonly isOurs: boolean }>;
}

type Attributes = Record<string, AttributeValue>;

const EXPRESSION_OF_COUNTER = { offered: 'o', passed: 'p', admitted: 'a' } as const;
const KEY: Attributes = { [REGIONAL_STATE_KEY]: { S: REGULATION_KEY } };

/** Every sum by its attribute. Names are short because each flush carries them. */
function sumsOf(counters: RegulationCounters): [attribute: string, value: number][] {
  const ofClasses = (['offered', 'passed', 'admitted'] as const).flatMap((name) =>
    ORDER_CLASSES.map((each): [string, number] => [`${EXPRESSION_OF_COUNTER[name]}${each}`, counters[name][each]]),
  );
  return [
    ...ofClasses,
    ['decided', counters.decided],
    ['busyMs', counters.busyMs],
    ['unanswered', counters.unanswered],
  ];
}

const numberIn = (item: Attributes, name: string): number => {
  const value = Number(item[name]?.N ?? 0);
  return Number.isFinite(value) ? value : 0;
};

function countersIn(item: Attributes): RegulationCounters {
  const triple = (prefix: string) =>
    [numberIn(item, `${prefix}0`), numberIn(item, `${prefix}1`), numberIn(item, `${prefix}2`)] as const;
  const at = numberIn(item, 'sojournAt');
  return {
    offered: triple('o'),
    passed: triple('p'),
    admitted: triple('a'),
    decided: numberIn(item, 'decided'),
    busyMs: numberIn(item, 'busyMs'),
    unanswered: numberIn(item, 'unanswered'),
    ...(at === 0 ? {} : { sojourn: { ms: numberIn(item, 'sojournMs'), at } }),
  };
}

function parseOverride(text: string | undefined): ShedOverride | undefined {
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text) as Partial<ShedOverride> | null;
    return isTriple(value?.open) && Number.isFinite(value?.until) ? (value as ShedOverride) : undefined;
  } catch {
    return undefined;
  }
}

/** What stands in the item. Attributes that are missing or make no sense count as nothing. */
export function toControlItem(item: Attributes = {}): ControlItem {
  const state = parseState(item['state']?.S);
  const override = parseOverride(item['override']?.S);
  return {
    tick: numberIn(item, 'tick'),
    ...(state === undefined ? {} : { state }),
    counters: countersIn(item),
    pressedUntil: numberIn(item, 'pressedUntil'),
    breaker: parseBreaker(item['breaker']?.S),
    ...(override === undefined ? {} : { override }),
  };
}

/** An update put together piece by piece. */
class Update {
  private readonly sets: string[] = [];
  private readonly adds: string[] = [];
  private readonly names: Record<string, string> = {};
  private readonly values: Attributes = {};

  /** The placeholders of an attribute and a value. */
  place(attribute: string, value: AttributeValue, label = attribute): [name: string, value: string] {
    this.names[`#${attribute}`] = attribute;
    this.values[`:${label}`] = value;
    return [`#${attribute}`, `:${label}`];
  }

  set(attribute: string, value: AttributeValue): void {
    this.sets.push(this.place(attribute, value).join(' = '));
  }

  add(attribute: string, value: number): void {
    if (value !== 0) this.adds.push(this.place(attribute, { N: String(value) }).join(' '));
  }

  command(condition?: string): UpdateItemCommand {
    const clauses = [
      ...(this.sets.length === 0 ? [] : [`SET ${this.sets.join(', ')}`]),
      ...(this.adds.length === 0 ? [] : [`ADD ${this.adds.join(', ')}`]),
    ];
    return new UpdateItemCommand({
      TableName: requiredEnv('STATE_TABLE'),
      Key: KEY,
      // Counts that are all zero leave nothing to write, and DynamoDB refuses empty names: then it is a read.
      ...(clauses.length === 0
        ? {}
        : {
            UpdateExpression: clauses.join(' '),
            ExpressionAttributeNames: this.names,
            ExpressionAttributeValues: this.values,
          }),
      ReturnValues: 'ALL_NEW',
      ...(condition === undefined
        ? {}
        : { ConditionExpression: condition, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
    });
  }
}

/** The control item in this region's table. */
export function createControlStore(): ControlStore {
  const dynamoDb = createControlDynamoDb();
  const update = async (command: UpdateItemCommand): Promise<{ item: ControlItem; isOurs: boolean }> => {
    try {
      return { item: toControlItem((await dynamoDb.send(command)).Attributes), isOurs: true };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { item: toControlItem(error.Item), isOurs: false };
    }
  };
  return {
    read: async () => {
      const { Item } = await dynamoDb.send(
        new GetItemCommand({ TableName: requiredEnv('STATE_TABLE'), Key: KEY, ConsistentRead: true }),
      );
      return toControlItem(Item);
    },
    flush: async (counters, pressedUntil) => {
      const change = new Update();
      for (const [attribute, value] of sumsOf(counters)) change.add(attribute, value);
      if (counters.sojourn !== undefined) {
        change.set('sojournMs', { N: String(counters.sojourn.ms) });
        change.set('sojournAt', { N: String(counters.sojourn.at) });
      }
      if (pressedUntil !== undefined) change.set('pressedUntil', { N: String(pressedUntil) });
      return (await update(change.command())).item;
    },
    advance: async (from, next, pressedUntil) => {
      const change = new Update();
      change.set('tick', { N: String(from.tick + 1) });
      change.set('state', { S: stateText(next) });
      change.set('pressedUntil', { N: String(pressedUntil) });
      for (const each of ORDER_CLASSES) change.set(`t${each}`, { N: next.credits[each].toFixed(3) });
      // What has been counted since is not lost: only what this tick has used is taken away.
      for (const [attribute, value] of sumsOf(from.counters)) change.add(attribute, -value);
      const [name, value] = change.place('tick', { N: String(from.tick) }, 'seen');
      return (
        await update(
          change.command(
            from.tick === 0 ? `attribute_not_exists(${name}) OR ${name} = ${value}` : `${name} = ${value}`,
          ),
        )
      ).item;
    },
    lease: async (orderClass, tokens) => {
      const change = new Update();
      const attribute = `t${orderClass}`;
      change.add(attribute, -tokens);
      const [name, value] = change.place(attribute, { N: String(tokens) }, 'tokens');
      return (await update(change.command(`${name} >= ${value}`))).isOurs;
    },
    switchBreaker: (from, to) => {
      const change = new Update();
      change.set('breaker', { S: JSON.stringify(to) });
      const [name, value] = change.place('breaker', { S: JSON.stringify(from) }, 'seen');
      const isAbsent = from.kind === 'closed' ? `attribute_not_exists(${name}) OR ` : '';
      return update(change.command(`${isAbsent}${name} = ${value}`));
    },
  };
}
