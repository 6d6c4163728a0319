import { NotModelled } from '../../kernel/errors';
import { AwsFault, type Json, type JsonObject } from '../aws-service';
import type { AttributeMap } from './attribute-value';
import { readDelete } from './delete-item';
import { NO_ITEM } from './expressions/update-application';
import { validationFault } from './faults';
import { identityOf } from './item-key';
import type { Demand } from './on-demand-throughput';
import { type OperationContext, type OperationOutput, replicaOf } from './operation';
import { readPut } from './put-item';
import type { Replica } from './replica';
import { meetsCondition } from './request-expressions';
import * as parameter from './request-parameters';
import { readUpdate } from './update-item';
import { type BoundWrite, type RequestedWrite, returnedOnFailure } from './write';

const PARAMETERS: parameter.Parameters = {
  ReturnConsumedCapacity: parameter.RETURN_CONSUMED_CAPACITY,
  ReturnItemCollectionMetrics: parameter.RETURN_ITEM_COLLECTION_METRICS,
  ClientRequestToken: { type: 'string', lengthMin: 1, lengthMax: 36 },
  TransactItems: { type: 'list', isRequired: true, lengthMin: 1, lengthMax: 100 },
};

const COMMON: parameter.Parameters = {
  TableName: parameter.TABLE_NAME,
  ReturnValuesOnConditionCheckFailure: parameter.RETURN_VALUES_ON_FAILURE,
  ConditionExpression: parameter.TEXT,
  ExpressionAttributeValues: parameter.MAP,
  ExpressionAttributeNames: parameter.MAP,
};

interface Action {
  readonly parameters: parameter.Parameters;
  read(input: JsonObject): RequestedWrite;
}

const REQUIRED_TEXT: parameter.Parameter = { type: 'string', isRequired: true };

const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  [
    'ConditionCheck',
    {
      parameters: { ...COMMON, Key: parameter.REQUIRED_MAP, ConditionExpression: REQUIRED_TEXT },
      read: readConditionCheck,
    },
  ],
  ['Delete', { parameters: { ...COMMON, Key: parameter.REQUIRED_MAP }, read: readDelete }],
  ['Put', { parameters: { ...COMMON, Item: parameter.REQUIRED_MAP }, read: readPut }],
  [
    'Update',
    { parameters: { ...COMMON, Key: parameter.REQUIRED_MAP, UpdateExpression: REQUIRED_TEXT }, read: readUpdate },
  ],
]);

/** One action of a transaction and what has become of it. */
interface Member {
  readonly write: RequestedWrite;
  readonly replica: Replica;
  bound?: BoundWrite;
  next?: AttributeMap | undefined;
  reason: JsonObject;
}

const NO_REASON: JsonObject = { Code: 'None' };

/**
 * All writes or none, in one region. To other regions each item travels on its own. Conflicts with other requests do
 * not occur, since every request is applied at one instant; the limit of 4 MB is not checked.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export function transactWriteItems(context: OperationContext, input: JsonObject): OperationOutput {
  parameter.checkParameters('TransactWriteItems', PARAMETERS, input);
  const token = input.ClientRequestToken as string | undefined;
  if (token !== undefined && context.tokens.isRepeated(token, input)) return {};
  const writes = (input.TransactItems as Json[]).map((item) => readAction(item as JsonObject));
  const members = writes.map((write): Member => ({
    write,
    replica: replicaOf(context, write.input),
    reason: NO_REASON,
  }));
  refuseStrongConsistency(members);
  for (const member of members) bind(member);
  refuseRepeatedItems(members);
  for (const member of members) evaluate(context, member);
  if (members.every(({ reason }) => reason === NO_REASON)) spendTwice(members);
  if (members.some(({ reason }) => reason !== NO_REASON)) throw cancelled(members);
  for (const { replica, bound, next, write } of members) {
    if (write.changesItem === false) continue;
    const isThere = next !== undefined || replica.find(bound!.key) !== undefined;
    if (isThere) replica.commit(bound!.key, next);
  }
  if (token !== undefined) context.tokens.remember(token, input);
  return {};
}

/** The actions of a transaction, for permissions: `PutItem` on a table and so on. */
export function transactionTargets(
  input: JsonObject,
): readonly { readonly action: string; readonly tableName: string }[] {
  const names: Readonly<Record<string, string>> = { Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem' };
  return ((input.TransactItems ?? []) as JsonObject[]).flatMap((item) =>
    Object.entries(item).map(([kind, member]) => ({
      action: names[kind] ?? 'ConditionCheckItem',
      tableName: String((member as JsonObject).TableName),
    })),
  );
}

function readAction(item: JsonObject): RequestedWrite {
  const kinds = Object.keys(item).filter((kind) => item[kind] !== undefined && item[kind] !== null);
  const [kind] = kinds;
  if (kinds.length !== 1) {
    throw validationFault('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const action = ACTIONS.get(kind!);
  if (action === undefined)
    throw new NotModelled(`Action ${kind} of DynamoDB TransactWriteItems`, 'Add it to the model.');
  const input = item[kind!] as JsonObject;
  parameter.checkParameters(`TransactWriteItems ${kind}`, action.parameters, input);
  return action.read(input);
}

/** A condition check is a write that leaves its item as it is. */
function readConditionCheck(input: JsonObject): RequestedWrite {
  const { expressions, bind: bindKey } = readDelete(input);
  return {
    input,
    expressions,
    changesItem: false,
    bind: (schema) => ({ key: bindKey(schema).key, next: (stored) => stored }),
  };
}

/** A key of the wrong type cancels the transaction; an empty one is refused before it begins. */
function bind(member: Member): void {
  try {
    member.bound = member.write.bind(member.replica.schema);
  } catch (error) {
    if (!(error instanceof AwsFault) || /cannot contain an empty/.test(error.message)) throw error;
    member.reason = { Code: 'ValidationError', Message: error.message };
  }
}

function refuseRepeatedItems(members: readonly Member[]): void {
  const seen = new Set<string>();
  for (const { bound, replica } of members) {
    if (bound === undefined) continue;
    const place = `${replica.schema.definition.tableName}/${identityOf(bound.key)}`;
    if (seen.has(place)) {
      throw validationFault('Transaction request cannot include multiple operations on one item');
    }
    seen.add(place);
  }
}

function evaluate(context: OperationContext, member: Member): void {
  const { bound, replica, write } = member;
  if (bound === undefined) return;
  const stored = replica.find(bound.key);
  if (!meetsCondition(write.expressions, stored ?? NO_ITEM)) {
    context.noteConditionalCheckFailed(replica.schema.definition.tableName);
    member.reason = {
      Code: 'ConditionalCheckFailed',
      Message: 'The conditional request failed',
      ...returnedOnFailure(write.input, stored),
    };
    return;
  }
  try {
    member.next = bound.next(stored);
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    member.reason = { Code: 'ValidationError', Message: error.message };
  }
}

/**
 * A transaction takes twice of the tables what its writes would, and as much of indexes; one that is cancelled takes
 * nothing here. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
 */
function spendTwice(members: readonly Member[]): void {
  const demandsOf = ({ replica, bound, next, write }: Member): Demand[] => {
    const { key } = bound!;
    const stored = replica.find(key);
    if (write.changesItem === false) return [twice(replica.ownWriteDemand(key, stored, next))];
    const [own, ...ofIndexes] = replica.writeDemands(key, stored, next);
    return [twice(own!), ...ofIndexes];
  };
  const all = members.map((member) => ({ member, demands: demandsOf(member) }));
  for (const { member, demands } of all) {
    const refusal = demands.map((demand) => demand.throughput.refusalOf(demand)).find((fault) => fault !== undefined);
    if (refusal !== undefined) member.reason = { Code: 'ThrottlingError', Message: refusal.message };
  }
  if (members.some(({ reason }) => reason !== NO_REASON)) return;
  for (const demand of all.flatMap(({ demands }) => demands)) demand.throughput.use(demand);
}

const twice = (demand: Demand): Demand => ({ ...demand, units: 2 * demand.units });

function cancelled(members: readonly Member[]): AwsFault {
  const codes = members.map(({ reason }) => String(reason.Code)).join(', ');
  return new AwsFault(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    { CancellationReasons: members.map(({ reason }) => reason) },
  );
}

// MRSC tables "will return an error if those operations are invoked"; the wording of the error is not documented.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-CoreConcepts.html
function refuseStrongConsistency(members: readonly Member[]): void {
  const strong = members.find(({ replica }) => replica.schema.definition.multiRegionConsistency === 'STRONG');
  if (strong === undefined) return;
  const { tableName } = strong.replica.schema.definition;
  throw validationFault(`Transactions are not supported on table ${tableName} with multi-Region strong consistency`);
}
