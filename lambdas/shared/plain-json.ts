import { getSchemaSerdePlugin, NormalizedSchema } from '@smithy/core/schema';
import { getSmithyContext, HttpRequest } from '@smithy/core/transport';
import type {
  DeserializeHandlerOptions,
  DeserializeMiddleware,
  HandlerExecutionContext,
  HttpResponse,
  MetadataBearer,
  Pluggable,
  SerializeHandlerOptions,
  SerializeMiddleware,
  StaticOperationSchema,
} from '@smithy/types';

/** What making and reading of requests asks of a client's settings. */
export type SerdeSettings = Parameters<typeof getSchemaSerdePlugin>[0];

type Serialize = SerializeMiddleware<object, MetadataBearer>;
type Deserialize = DeserializeMiddleware<object, MetadataBearer>;

/** The protocol whose JSON is what a program passes, member by member, but for bytes and times. */
const AWS_JSON = 'aws.protocols#awsJson1_0';
/** A value in an item of a table. The only bytes it can hold are `B` and `BS`. */
const ATTRIBUTE_VALUE = 'com.amazonaws.dynamodb#AttributeValue';
/** In an answer's text: bytes, which are to be decoded, and members that are null, which are to be left out. */
const TO_BE_CONVERTED = /"BS?"\s*:|:\s*null/;

/**
 * Whether JSON has values of the shape as a program has them, and the SDK adds nothing of its own.
 * @param areBytesKnown whether bytes are told from the value itself, wherever they are
 */
function isPlainShape(shape: NormalizedSchema, areBytesKnown: boolean, seen = new Set<unknown>()): boolean {
  if (shape.getName(true) === ATTRIBUTE_VALUE) return true;
  if (shape.isListSchema() || shape.isMapSchema()) return isPlainShape(shape.getValueSchema(), areBytesKnown, seen);
  if (shape.isStructSchema()) {
    const schema = shape.getSchema();
    if (seen.has(schema)) return true;
    seen.add(schema);
    return [...shape.structIterator()].every(([, member]) => isPlainShape(member, areBytesKnown, seen));
  }
  if (shape.isStringSchema()) return !shape.isIdempotencyToken();
  if (shape.isBlobSchema()) return areBytesKnown;
  return shape.isBooleanSchema() || shape.isNumericSchema() || shape.isUnitSchema();
}

/** Whether JSON says the value as the SDK would: it holds no bytes, no times, no large numbers, and nothing that is null. */
function isPlainValue(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      break;
    default:
      return false;
  }
  if (value === null) return false;
  if (Array.isArray(value)) return value.every(isPlainValue);
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name];
    if (member !== undefined && !isPlainValue(member)) return false;
  }
  return true;
}

/** The shapes of what a command takes and gives. */
function shapesOf(context: HandlerExecutionContext): readonly [input: NormalizedSchema, output: NormalizedSchema] {
  const [, , , , input, output] = getSmithyContext(context)['operationSchema'] as StaticOperationSchema;
  return [NormalizedSchema.of(input), NormalizedSchema.of(output)];
}

/**
 * Writes a command's input with `JSON.stringify`, into requests like the one that the SDK has made of the first to the same
 * endpoint. An input that JSON would not say as the SDK does is left to the SDK.
 */
function serializing(bySdk: Serialize): Serialize {
  return (next, context) => {
    const asEver = bySdk(next, context);
    if (!isPlainShape(shapesOf(context)[0], true)) return asEver;
    const make = bySdk(async ({ request }) => ({ response: request, output: { $metadata: {} } }), context);
    let model: { readonly endpoint: unknown; readonly request: HttpRequest } | undefined;
    return async (call) => {
      if (!isPlainValue(call.input)) return asEver(call);
      const endpoint = context.endpointV2;
      if (model === undefined || model.endpoint !== endpoint) {
        model = { endpoint, request: (await make(call)).response as HttpRequest };
      }
      const request = HttpRequest.clone(model.request);
      request.body = JSON.stringify(call.input);
      return next({ ...call, request });
    };
  };
}

/** What an answer's text says, unless there is something to be converted, or no JSON. */
function parsed(text: string): MetadataBearer | undefined {
  if (TO_BE_CONVERTED.test(text)) return undefined;
  try {
    return (JSON.parse(text) as MetadataBearer | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Reads what a command has led to with `JSON.parse`. Errors, and what JSON cannot say, are left to the SDK. */
function deserializing(settings: SerdeSettings, bySdk: Deserialize): Deserialize {
  return (next, context) => {
    if (!isPlainShape(shapesOf(context)[1], false)) return bySdk(next, context);
    return async (call) => {
      const answer = await next(call);
      const response = answer.response as HttpResponse;
      if (response.statusCode !== 200) return bySdk(async () => answer, context)(call);
      const body = await settings.streamCollector(response.body);
      const output = parsed(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString());
      if (output === undefined) {
        response.body = body;
        return bySdk(async () => answer, context)(call);
      }
      const requestId = response.headers['x-amzn-requestid'];
      output.$metadata = { httpStatusCode: 200, ...(requestId === undefined ? {} : { requestId }) };
      return { response, output };
    };
  };
}

/**
 * Writing and reading of what JSON can say, without asking for each member what it is.
 *
 * The SDK goes through every input and output by the shape of it, with objects of its own for each member, and writes text byte
 * by byte. All but bytes, times and large numbers comes out as `JSON.stringify` and `JSON.parse` have it. Whether a command
 * can hold those is found out once, and whether one does, each time; then, and for other protocols, the SDK does it.
 *
 * A member that the SDK does not know is sent, where the SDK would have left it out.
 */
export function plainJson(settings: SerdeSettings): Pluggable<object, MetadataBearer> {
  const sdk = getSchemaSerdePlugin<object, MetadataBearer>(settings);
  if (settings.protocol.getShapeId() !== AWS_JSON) return sdk;
  return {
    applyToStack: (stack) => {
      const add = (step: Serialize | Deserialize, options: { readonly step?: string }): void => {
        if (options.step === 'serialize') stack.add(serializing(step as Serialize), options as SerializeHandlerOptions);
        else stack.add(deserializing(settings, step as Deserialize), options as DeserializeHandlerOptions);
      };
      sdk.applyToStack({ ...stack, add } as typeof stack);
    },
  };
}
