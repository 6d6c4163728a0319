import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import type { JsonObject } from '../../../simulator/services/aws-service';
import type { TableDefinition } from '../../../simulator/services/dynamodb';
import type { Answer, Implementation } from './implementation';

// dynalite has no type declarations.
// eslint-disable-next-line typescript/no-require-imports
const dynalite = require('dynalite') as (options: JsonObject) => Server;

const ANSWER_MS_MAX = 1000;

/** dynalite, driven through its request handler without a socket. */
export function createDynalite(): Implementation {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const call = (operation: string, input: JsonObject): Promise<Answer> =>
    new Promise((resolve) => {
      const request = Object.assign(new EventEmitter(), {
        method: 'POST',
        url: '/',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `DynamoDB_20120810.${operation}`,
          'x-amz-date': '20260302T090000Z',
          authorization: 'AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=f',
        },
      });
      const response = {
        statusCode: 0,
        setHeader: () => {},
        end: (body: string) => {
          clearTimeout(timeout);
          resolve(readAnswer(response.statusCode, JSON.parse(body) as JsonObject));
        },
      };
      // When dynalite fails inside, it never answers.
      const noAnswer: Answer = { fault: 'NoAnswer', message: 'dynalite did not answer.', fields: {} };
      const timeout = setTimeout(() => resolve(noAnswer), ANSWER_MS_MAX);
      server.emit('request', request, response);
      request.emit('data', Buffer.from(JSON.stringify(input)));
      request.emit('end');
    });
  return {
    name: 'dynalite',
    call,
    createTable: async (definition) => {
      const answer = await call('CreateTable', createTableInput(definition));
      if ('fault' in answer) throw new Error(`dynalite CreateTable: ${answer.fault} ${answer.message}`);
      for (;;) {
        const described = await call('DescribeTable', { TableName: definition.tableName });
        if ('output' in described && (described.output.Table as JsonObject).TableStatus === 'ACTIVE') return;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    close: async () => {},
  };
}

function readAnswer(statusCode: number, body: JsonObject): Answer {
  if (statusCode === 200) return { output: body };
  const { __type: type, message, Message: otherMessage, ...fields } = body;
  return { fault: String(type).split('#')[1]!, message: String(message ?? otherMessage ?? ''), fields };
}

function createTableInput(definition: TableDefinition): JsonObject {
  const keySchema = (keys: TableDefinition['keySchema']): JsonObject[] =>
    keys.map(({ attributeName, keyType }) => ({ AttributeName: attributeName, KeyType: keyType }));
  const indexes = (definition.globalSecondaryIndexes ?? []).map(
    ({ indexName, keySchema: keys, projection }): JsonObject => ({
      IndexName: indexName,
      KeySchema: keySchema(keys),
      Projection: {
        ProjectionType: projection.projectionType,
        ...(projection.nonKeyAttributes === undefined ? {} : { NonKeyAttributes: [...projection.nonKeyAttributes] }),
      },
    }),
  );
  return {
    TableName: definition.tableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema(definition.keySchema),
    AttributeDefinitions: definition.attributeDefinitions.map(({ attributeName, attributeType }) => ({
      AttributeName: attributeName,
      AttributeType: attributeType,
    })),
    ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes }),
  };
}
