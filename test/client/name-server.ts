import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const TYPES = { CNAME: 5, TXT: 16 } as const;
const NOT_FOUND = 3;

export interface NameServer {
  /** Address and port, as `setServers` takes them. */
  readonly address: string;
  /** The questions so far, such as `TXT _region.orders.test`. */
  readonly questions: string[];
  close(): void;
}

/** A name server on the loopback. `records` maps `TYPE name` to a value; a name without any record does not exist. */
export async function startNameServer(records: Readonly<Record<string, string>>): Promise<NameServer> {
  const socket: Socket = createSocket('udp4');
  const questions: string[] = [];
  socket.on('message', (query, from) => {
    const { name, end } = readName(query);
    const typeCode = query.readUInt16BE(end);
    const type = typeCode === TYPES.TXT ? 'TXT' : 'CNAME';
    questions.push(`${type} ${name}`);
    socket.send(answer(query, end + 4, typeCode, records[`${type} ${name}`], isKnown(name, records)), from.port);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { address: `127.0.0.1:${socket.address().port}`, questions, close: () => socket.close() };
}

function isKnown(name: string, records: Readonly<Record<string, string>>): boolean {
  return Object.keys(records).some((key) => key.endsWith(` ${name}`));
}

// RFC 1035, section 4: a header of twelve bytes, then the question, then the answer, which points back at the question's name.
function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let offset = 12;
  for (let length = query[offset]!; length > 0; length = query[offset]!) {
    labels.push(query.toString('latin1', offset + 1, offset + 1 + length));
    offset += length + 1;
  }
  return { name: labels.join('.'), end: offset + 1 };
}

function answer(query: Buffer, questionEnd: number, type: number, value: string | undefined, known: boolean): Buffer {
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8580 | (known ? 0 : NOT_FOUND), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(value === undefined ? 0 : 1, 6);
  const question = query.subarray(12, questionEnd);
  if (value === undefined) return Buffer.concat([header, question]);
  const data = type === TYPES.TXT ? withLength(value) : writeName(value);
  const record = Buffer.alloc(12);
  record.writeUInt16BE(0xc00c, 0);
  record.writeUInt16BE(type, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt32BE(10, 6);
  record.writeUInt16BE(data.length, 10);
  return Buffer.concat([header, question, record, data]);
}

function withLength(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')]);
}

function writeName(name: string): Buffer {
  return Buffer.concat([...name.split('.').map(withLength), Buffer.from([0])]);
}
