/** An item of a table as plain values. */
export type PlainItem = Readonly<Record<string, string | number | boolean>>;

export interface TableAddress {
  readonly region: string;
  readonly tableName: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * Everything the switch touches of the world, data planes only: two health APIs, the zone's name servers, DynamoDB and SQS in
 * the two serving regions. A drill in virtual time stands behind the same interface as AWS.
 */
export interface SwitchPlatform {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(durationMs: number): Promise<void>;
  /** GET over HTTPS; undefined when no answer came within a few seconds. */
  httpGet(host: string, path: string): Promise<HttpAnswer | undefined>;
  /** A TXT record as the zone's name servers have it now, past every cache; undefined when none answered. */
  resolveText(name: string): Promise<string | undefined>;
  /** A consistent read; undefined when there is no such item. @throws when the table does not answer */
  readItem(table: TableAddress, key: Readonly<Record<string, string>>): Promise<PlainItem | undefined>;
  /** @throws when the table does not answer: whether the item was written is then unknown */
  writeItem(table: TableAddress, item: PlainItem): Promise<void>;
  /**
   * Sets attributes of an item, and takes away those that are undefined. All others stay as they are.
   * @throws when the table does not answer: whether the item was written is then unknown
   */
  updateItem(
    table: TableAddress,
    key: Readonly<Record<string, string>>,
    attributes: Readonly<Record<string, PlainItem[string] | undefined>>,
  ): Promise<void>;
  /** Messages that wait in the queue, as SQS estimates them. @throws when the queue does not answer */
  countMessages(region: string, queueUrl: string): Promise<number>;
  /** Whether the person says yes. */
  ask(question: string): Promise<boolean>;
  /** Tells the person one line. */
  say(line: string): void;
}
