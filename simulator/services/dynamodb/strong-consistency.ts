import { NotModelled } from '../../kernel/errors';
import type { Kernel } from '../../kernel/kernel';
import { medianRoundTripMs } from '../../network/latency';
import { AwsFault, type AwsCall, type DeferredCall, type JsonObject } from '../aws-service';
import type { Table } from './table';

const ROUND_TRIP_SPREAD = 0.25;

/**
 * How long a replica looks for a quorum before it gives up. AWS publishes no figure: an assumption.
 */
const QUORUM_TIMEOUT_US = 1_000_000;

/** A write that is on its way through its quorum. */
interface WriteInFlight {
  readonly region: string;
  count: number;
}

/**
 * Multi-Region strong consistency (MRSC) of one global table: every write and every strongly consistent read takes effect
 * at one instant for all regions, after a round trip to the nearest other member that can be reached. It is then applied
 * to the asked replica, which has caught up with every earlier write before.
 *
 * - A write while another region writes the same item is refused with ReplicatedWriteConflictException, which SDKs repeat:
 *   https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
 * - Without a quorum, writes and strongly consistent reads are answered with HTTP 500 and eventually consistent reads go
 *   on, as the fault injection service has it for a replica cut off from the others:
 *   https://aws.amazon.com/blogs/database/best-practices-for-amazon-dynamodb-global-tables-part-3-validating-regional-resilience-with-aws-fault-injection-service/
 *   and https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-CoreConcepts.html. A write that was
 *   answered so has not been made; a caller cannot know that of a real one.
 */
export class StrongConsistency {
  private readonly writes = new Map<string, WriteInFlight>();
  private readonly members: readonly string[];

  /** @param isReachable whether two members can replicate to each other at this instant */
  constructor(
    private readonly kernel: Kernel,
    private readonly table: Table,
    private readonly isReachable: (region: string, other: string) => boolean,
  ) {
    const { regions, witnessRegion } = table.schema.definition;
    this.members = witnessRegion === undefined ? regions : [...regions, witnessRegion];
  }

  /** The call in the time it takes, or undefined when it needs no other region: a read that may be stale. */
  defer(call: AwsCall, apply: () => JsonObject): DeferredCall | undefined {
    const item = this.writtenItem(call);
    if (item === undefined && !isConsistentRead(call)) return undefined;
    return (whenReady) => this.begin(call.region, item, (answer) => whenReady(answer), apply);
  }

  /** Brings the region's replica to the present, as a quorum that it is part of can. */
  catchUp(region: string): void {
    for (const link of this.table.links) {
      if (link.target.region === region) link.deliverNow();
    }
  }

  private begin(
    region: string,
    item: string | undefined,
    whenReady: (answer: () => JsonObject) => void,
    apply: () => JsonObject,
  ): void {
    const refuse = (fault: AwsFault, afterUs: number): void => {
      this.kernel.after(afterUs, () =>
        whenReady(() => {
          throw fault;
        }),
      );
    };
    const peer = this.nearestPeer(region);
    if (peer === undefined) return refuse(noQuorumFault(), QUORUM_TIMEOUT_US);
    const stream = this.kernel.random(`mrsc/${this.table.schema.definition.tableName}/${region}`);
    const roundTripUs = stream.lognormal(medianRoundTripMs(region, peer) * 1000, ROUND_TRIP_SPREAD);
    if (item !== undefined && !this.reserve(item, region)) return refuse(conflictFault(), roundTripUs);
    this.kernel.after(roundTripUs, () => {
      if (item !== undefined) this.release(item);
      whenReady(() => {
        if (this.nearestPeer(region) === undefined) throw noQuorumFault();
        this.catchUp(region);
        return apply();
      });
    });
  }

  /** The nearest other member; with it the two are a quorum of three. */
  private nearestPeer(region: string): string | undefined {
    let nearest: string | undefined;
    for (const other of this.members) {
      if (other === region || !this.isReachable(region, other)) continue;
      if (nearest === undefined || medianRoundTripMs(region, other) < medianRoundTripMs(region, nearest)) {
        nearest = other;
      }
    }
    return nearest;
  }

  private reserve(item: string, region: string): boolean {
    const present = this.writes.get(item);
    if (present !== undefined && present.region !== region) return false;
    if (present === undefined) this.writes.set(item, { region, count: 1 });
    else present.count++;
    return true;
  }

  private release(item: string): void {
    const present = this.writes.get(item)!;
    if (--present.count === 0) this.writes.delete(item);
  }

  /** The key of the item a call writes, as text. */
  private writtenItem({ operation, input }: AwsCall): string | undefined {
    if (operation !== 'PutItem' && operation !== 'UpdateItem' && operation !== 'DeleteItem') return undefined;
    const attributes = (operation === 'PutItem' ? input.Item : input.Key) as JsonObject | undefined;
    return JSON.stringify(this.table.schema.key.attributes.map(({ name }) => attributes?.[name]));
  }
}

/** The tables that a call names. */
export function tablesOf({ operation, input }: AwsCall): readonly string[] {
  if (operation !== 'BatchGetItem') return typeof input.TableName === 'string' ? [input.TableName] : [];
  const names = Object.keys((input.RequestItems ?? {}) as JsonObject);
  if (names.length > 1) {
    throw new NotModelled('BatchGetItem over several tables beside a table with MRSC', 'Ask for one table at a time.');
  }
  return names;
}

function isConsistentRead({ operation, input }: AwsCall): boolean {
  if (operation !== 'BatchGetItem') return input.ConsistentRead === true && input.IndexName === undefined;
  return Object.values((input.RequestItems ?? {}) as JsonObject).some(
    (request) => (request as JsonObject).ConsistentRead === true,
  );
}

function conflictFault(): AwsFault {
  return new AwsFault(
    'ReplicatedWriteConflictException',
    'The request was rejected because one or more items in the request are being modified by a request in another Region.',
  );
}

function noQuorumFault(): AwsFault {
  return new AwsFault('InternalServerError', 'Internal server error', 500);
}
