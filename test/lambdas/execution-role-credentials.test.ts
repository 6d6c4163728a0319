import { defaultProvider } from '../../lambdas/shared/execution-role-credentials';

describe('The credentials of the execution role', () => {
  const { env } = process;
  afterEach(() => {
    process.env = env;
  });

  it('come from the variables, read once for all calls', async () => {
    process.env = { ...env, AWS_ACCESS_KEY_ID: 'ASIA', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'session' };
    const provide = defaultProvider();
    const credentials = await provide();

    expect(credentials).toMatchObject({ accessKeyId: 'ASIA', secretAccessKey: 'secret', sessionToken: 'session' });
    expect(await provide()).toBe(credentials);
  });

  it('are asked for nowhere else', async () => {
    process.env = { HOME: env.HOME };

    await expect(defaultProvider()()).rejects.toThrow('environment variable credentials');
  });
});
