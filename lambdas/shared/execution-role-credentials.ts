import { fromEnv } from '@aws-sdk/credential-provider-env';
import { memoize } from '@smithy/core/config';

/**
 * Stands in every deployment package where the SDK has its chain of credential providers. Lambda hands the credentials of the
 * execution role to a function as environment variables; files, single sign-on, roles to assume and metadata services, a
 * third of a package, are what it never asks. A function with SnapStart would get its credentials from an endpoint instead;
 * there is none for Node.js.
 *
 * They are read once: the SDK asks its default provider in every call, and the variables are set before the code is loaded.
 *
 * Sources: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html
 */
export const defaultProvider: typeof fromEnv = (init) => memoize(fromEnv(init));
