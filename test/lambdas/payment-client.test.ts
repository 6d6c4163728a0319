import { order, paymentsAnswer, paymentRequests } from './surroundings';
import { charge, PaymentUnknownError, voidPayment } from '../../lambdas/shared/payment-client';
import { Sha256 } from '../../lambdas/shared/sha256';

describe('The payment client', () => {
  test("asks under the order's id, signed for the provider's own region", async () => {
    paymentsAnswer({ status: 200, body: { state: 'CHARGED' } });

    await charge(order());

    const [request] = paymentRequests();
    expect(request).toMatchObject({ method: 'POST', hostname: 'payments.example.com', path: '/charges' });
    expect(request!.headers['authorization']).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20300101\/us-east-2\/execute-api\/aws4_request, .*Signature=[0-9a-f]{64}$/,
    );
  });

  test('sends byte-equal bodies from both regions, for a charge and for a void', async () => {
    const answer = { status: 200, body: { state: 'VOIDED' } };
    paymentsAnswer(answer, answer);

    await charge(order());
    await voidPayment(order({ region: 'us-west-2', attempts: 3, reference: 'basket-7' }));

    const [charged, voided] = paymentRequests().map(({ body }) => body as string);
    expect(charged).toBe('{"key":"0123456789abcdef0123456789abcdef","amount":4200,"currency":"EUR"}');
    expect(voided).toBe(charged);
  });

  test('has the key of its signature at hand: a charge after the first makes three sums', async () => {
    const answer = { status: 200, body: { state: 'CHARGED' } };
    paymentsAnswer(answer, answer);
    await charge(order());

    const digest = jest.spyOn(Sha256.prototype, 'digest');
    await charge(order());

    expect(digest).toHaveBeenCalledTimes(3);
  });

  test.each([400, 401, 403, 404, 429, 500, 503])('takes status %i for no answer at all', async (status) => {
    paymentsAnswer({ status, body: { state: 'CHARGED' } });
    await expect(charge(order())).rejects.toThrow(PaymentUnknownError);
  });
});
