import { constructStack } from '@smithy/core/client';
import type { MiddlewareStack, SerializeMiddleware } from '@smithy/types';

/** What finds out, from settings that never change, how a call is signed and where it goes. */
const RESOLVING = new Set<string | undefined>(['httpAuthSchemeMiddleware', 'endpointV2Middleware']);

/**
 * The middleware until it has called the next one, and nothing after that. What it finds out it writes into the context of
 * its command, which lives as long as a client that keeps its commands' middleware (`cacheMiddleware`). Where a client keeps
 * none, each call has a context of its own, and finds out by itself.
 */
const once =
  <Input extends object, Output extends object>(
    resolve: SerializeMiddleware<Input, Output>,
  ): SerializeMiddleware<Input, Output> =>
  (next, context) => {
    let isResolved = false;
    const resolving = resolve((call) => {
      isResolved = true;
      return next(call);
    }, context);
    return (call) => (isResolved ? next(call) : resolving(call));
  };

/**
 * Lets each command of a client find out once how it is signed and where it goes. As it comes, the SDK copies all settings for
 * that in every call, asks eight of them one after the other, and evaluates its rules. Credentials are not part of it: the
 * signer asks for them in every call.
 *
 * @param stack what the client does in every call; what a command adds is put to it when the command is first sent
 */
export function resolveOnce<Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>): void {
  const concat = stack.concat.bind(stack);
  const concatOnce = (ofCommand: MiddlewareStack<Input, Output>): MiddlewareStack<Input, Output> => {
    const whole = constructStack<Input, Output>();
    concat(ofCommand).applyToStack({
      ...whole,
      addRelativeTo: (middleware, options) => {
        if (!RESOLVING.has(options.name)) return whole.addRelativeTo(middleware, options);
        const lasting = once(middleware as SerializeMiddleware<Input, Output>);
        // What is copied from a stack has itself among its options, and they win.
        whole.addRelativeTo(lasting, Object.assign({}, options, { middleware: lasting }));
      },
    });
    return whole;
  };
  Object.assign(stack, { concat: concatOnce });
}
