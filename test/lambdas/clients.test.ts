import { createHash, createHmac } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { compileFunction } from 'node:vm';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createControlDynamoDb, createDynamoDb, createSqs } from '../../lambdas/shared/clients';
import { Sha256 } from '../../lambdas/shared/sha256';

/** Whether V8 lays the object out compactly, asked of V8 itself. */
function isCompact(object: object): boolean {
  setFlagsFromString('--allow-natives-syntax');
  const ask = compileFunction('return %HasFastProperties(object)', ['object']) as (asked: object) => boolean;
  setFlagsFromString('--no-allow-natives-syntax');
  return ask(object);
}

describe('The clients of the SDK', () => {
  const region = 'us-east-1';

  test('have compact configurations, which one as it comes has not', () => {
    for (const client of [createDynamoDb(region), createControlDynamoDb(), createSqs()]) {
      expect(isCompact(client.config)).toBe(true);
    }
    expect(isCompact(new DynamoDBClient({ region }).config)).toBe(false);
  });

  test('prepare no log of what they are asked, and warn', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const { logger } = createDynamoDb(region).config;
    logger.warn('low', 'on sockets');
    expect(warn).toHaveBeenCalledWith('low', 'on sockets');
    expect(logger.info ?? logger.error).toBeUndefined();
  });
});

describe('The sum of a signature', () => {
  const [first, second] = [Buffer.from('canonical '), Buffer.from('request')];

  test('is that of SHA-256, in one piece or two, and again after a reset', async () => {
    const sum = new Sha256();
    sum.update(first);
    sum.update(second);
    expect(await sum.digest()).toEqual(createHash('sha256').update('canonical request').digest());
    sum.reset();
    sum.update(second);
    expect(await sum.digest()).toEqual(createHash('sha256').update('request').digest());
    expect(await new Sha256().digest()).toEqual(createHash('sha256').digest());
  });

  test('is that of HMAC with a secret, whatever form the secret has', async () => {
    const expected = createHmac('sha256', 'key').update(first).digest();
    const bytes = new TextEncoder().encode('key');
    for (const secret of ['key', bytes, bytes.buffer]) {
      const sum = new Sha256(secret);
      sum.update(first);
      expect(await sum.digest()).toEqual(expected);
    }
  });
});
