/** Whether a service has said that it did not do what it was asked. Of any other failure nobody knows what it has done. */
export function isRefusal(error: unknown): boolean {
  const status = (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return status !== undefined && status >= 400 && status < 500;
}
