import type { AwsCall, JsonObject, RequiredPermission } from '../aws-service';
import { transactionTargets } from './transact-write-items';

/**
 * What IAM must grant for a call: the operation on the table, or on the index that is read. A call without a table name
 * needs nothing, because validation refuses it. Source:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export function requiredPermissions(
  { region, operation, input }: AwsCall,
  accountId: string,
): readonly RequiredPermission[] {
  const tableArn = (tableName: string): string => `arn:aws:dynamodb:${region}:${accountId}:table/${tableName}`;
  const action = `dynamodb:${operation}`;
  if (operation === 'BatchGetItem') {
    const tables = Object.keys((input.RequestItems as JsonObject | undefined) ?? {});
    return tables.map((tableName) => ({ action, resource: tableArn(tableName) }));
  }
  if (operation === 'TransactWriteItems') {
    return transactionTargets(input).map(({ action: member, tableName }) => ({
      action: `dynamodb:${member}`,
      resource: tableArn(tableName),
    }));
  }
  if (typeof input.TableName !== 'string') return [];
  const table = tableArn(input.TableName);
  return [{ action, resource: typeof input.IndexName === 'string' ? `${table}/index/${input.IndexName}` : table }];
}
