import { NotModelled, SimulatorDefect } from '../../kernel/errors';
import { invalidValueFault } from './faults';
import type { KeyType } from './key-codec';

/** A table as CloudFormation describes it, with its replicas' regions. */
export interface TableDefinition {
  readonly tableName: string;
  /** The partition key, and the sort key if there is one. */
  readonly keySchema: readonly KeySchemaElement[];
  readonly attributeDefinitions: readonly AttributeDefinition[];
  /** @default - none */
  readonly globalSecondaryIndexes?: readonly GlobalSecondaryIndexDefinition[];
  /** One region for a regional table, several for the replicas of a global table. */
  readonly regions: readonly string[];
  /** The attribute that holds the second since 1970 at which an item expires. @default - items do not expire */
  readonly timeToLiveAttribute?: string;
  /** @default EVENTUAL */
  readonly multiRegionConsistency?: 'EVENTUAL' | 'STRONG';
  /** With strong consistency over two replicas: the region that keeps changes and serves no requests. @default - none */
  readonly witnessRegion?: string;
}

export interface KeySchemaElement {
  readonly attributeName: string;
  readonly keyType: 'HASH' | 'RANGE';
}

export interface AttributeDefinition {
  readonly attributeName: string;
  readonly attributeType: KeyType;
}

export interface GlobalSecondaryIndexDefinition {
  readonly indexName: string;
  readonly keySchema: readonly KeySchemaElement[];
  readonly projection: Projection;
}

export interface Projection {
  readonly projectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  /** Only with INCLUDE. */
  readonly nonKeyAttributes?: readonly string[];
}

export interface KeyAttribute {
  readonly name: string;
  readonly type: KeyType;
}

/** The key of a table or an index. */
export interface KeySchema {
  readonly partition: KeyAttribute;
  readonly sort: KeyAttribute | undefined;
  /** The partition key, then the sort key if there is one. */
  readonly attributes: readonly KeyAttribute[];
}

export interface IndexSchema {
  readonly indexName: string;
  readonly key: KeySchema;
  readonly projectionType: Projection['projectionType'];
  /** The attributes that the index holds; undefined means all. */
  readonly projectedNames: readonly string[] | undefined;
}

export interface TableSchema {
  readonly definition: TableDefinition;
  readonly key: KeySchema;
  readonly indexes: readonly IndexSchema[];
}

/**
 * @throws NotModelled for composite index keys, AwsFault for what multi-Region strong consistency does not allow,
 *   SimulatorDefect for a contradiction
 */
export function createTableSchema(definition: TableDefinition): TableSchema {
  const { tableName, regions } = definition;
  checkStrongConsistency(definition);
  if (regions.length === 0 || new Set(regions).size < regions.length) {
    throw new SimulatorDefect(`Table ${tableName} needs distinct regions, got [${regions.join(', ')}].`);
  }
  const key = resolveKey(definition, definition.keySchema, `table ${tableName}`);
  const indexes = (definition.globalSecondaryIndexes ?? []).map((index): IndexSchema => {
    const indexKey = resolveKey(definition, index.keySchema, `index ${index.indexName} of table ${tableName}`);
    const { projectionType } = index.projection;
    return {
      indexName: index.indexName,
      key: indexKey,
      projectionType,
      projectedNames: projectionType === 'ALL' ? undefined : projectedNames(key, indexKey, index.projection),
    };
  });
  return { definition, key, indexes };
}

/**
 * The regions that may hold one table with multi-Region strong consistency: three of one set.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
 */
const STRONG_CONSISTENCY_REGION_SETS = [
  ['us-east-1', 'us-east-2', 'us-west-2'],
  ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1'],
  ['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
];

// What is refused is documented, the wording of the service is not. Time to Live:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-CoreConcepts.html
function checkStrongConsistency(definition: TableDefinition): void {
  const { tableName, regions, witnessRegion, multiRegionConsistency, timeToLiveAttribute } = definition;
  const members = witnessRegion === undefined ? regions : [...regions, witnessRegion];
  if (multiRegionConsistency !== 'STRONG') {
    if (witnessRegion === undefined) return;
    throw invalidValueFault(`Table ${tableName} has a witness, which only a table with strong consistency may have`);
  }
  if (members.length !== 3 || new Set(members).size < 3) {
    throw invalidValueFault(
      `Table ${tableName} with strong consistency needs three replicas, or two and a witness, got [${members.join(', ')}]`,
    );
  }
  if (!STRONG_CONSISTENCY_REGION_SETS.some((set) => members.every((region) => set.includes(region)))) {
    throw invalidValueFault(
      `Table ${tableName} with strong consistency spans [${members.join(', ')}], which are not of one Region set`,
    );
  }
  if (timeToLiveAttribute !== undefined) {
    throw invalidValueFault(`Table ${tableName}: Time to Live is not supported with strong consistency`);
  }
}

function projectedNames(tableKey: KeySchema, indexKey: KeySchema, projection: Projection): readonly string[] {
  const keyNames = [...indexKey.attributes, ...tableKey.attributes].map(({ name }) => name);
  return [...new Set([...keyNames, ...(projection.nonKeyAttributes ?? [])])];
}

function resolveKey(
  { attributeDefinitions }: TableDefinition,
  keySchema: readonly KeySchemaElement[],
  owner: string,
): KeySchema {
  const attributes = keySchema.map(({ attributeName }): KeyAttribute => {
    const definition = attributeDefinitions.find((candidate) => candidate.attributeName === attributeName);
    if (definition === undefined) {
      throw new SimulatorDefect(`Key attribute ${attributeName} of ${owner} is not in its attribute definitions.`);
    }
    return { name: attributeName, type: definition.attributeType };
  });
  const keyTypes = keySchema.map(({ keyType }) => keyType).join(', ');
  if (keyTypes !== 'HASH' && keyTypes !== 'HASH, RANGE') {
    throw new NotModelled(`Key schema [${keyTypes}] of ${owner}`, 'Use HASH, or HASH and RANGE.');
  }
  return { partition: attributes[0]!, sort: attributes[1], attributes };
}
