/** JSON as it travels over AWS's JSON protocols. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json | undefined;
}

/** One API call, after authentication. */
export interface AwsCall {
  readonly region: string;
  /** The operation's own name, such as `PutItem`. */
  readonly operation: string;
  readonly input: JsonObject;
}

/** What a call needs to be allowed: an IAM action on a resource ARN. */
export interface RequiredPermission {
  readonly action: string;
  readonly resource: string;
}

/** A call that takes time within the service: calls back once, later, with what computes the answer at that instant. */
export type DeferredCall = (whenReady: (answer: () => JsonObject) => void) => void;

/** A service that speaks AWS JSON. `execute` applies one call atomically at the present virtual instant. */
export interface AwsJsonService {
  /** @throws AwsFault what the service would answer, NotModelled for an operation or parameter that is not modelled */
  execute(call: AwsCall): JsonObject;
  /** The same for calls that take time; undefined for a call to execute at once. @default - every call is */
  defer?(call: AwsCall): DeferredCall | undefined;
  /** Every permission the call needs; all of them must be granted. */
  permissions(call: AwsCall): readonly RequiredPermission[];
}

/** An error that AWS itself would answer: it reaches the code under simulation as a response, never as a throw. */
export class AwsFault extends Error {
  /**
   * @param code the exception's short name, such as `ConditionalCheckFailedException`
   * @param httpStatus 4xx or 5xx
   * @param fields further members of the error body, such as `Item`
   */
  constructor(
    readonly code: string,
    message: string,
    readonly httpStatus = 400,
    readonly fields: JsonObject = {},
  ) {
    super(message);
    this.name = code;
  }
}
