import { parseOptions } from './options';

describe('the flags of npm start', () => {
  it('default to fixed ports and .data in the checkout', () => {
    expect(parseOptions([], '/src/video-kyc')).toEqual({
      demo: true,
      fresh: false,
      dataDir: '/src/video-kyc/.data',
      ports: { api: 3000, temporal: 7233, ui: 8233, clickhouse: 18123 },
    });
  });

  it('are all heeded', () => {
    const args = '--no-demo --fresh --data-dir ../x --api-port 1 --temporal-port 2 --ui-port 3';
    expect(parseOptions([...args.split(' '), '--clickhouse-port=65535'], '/src/video-kyc')).toEqual(
      {
        demo: false,
        fresh: true,
        dataDir: '/src/x',
        ports: { api: 1, temporal: 2, ui: 3, clickhouse: 65_535 },
      },
    );
  });

  it.each([
    [['--api-port', '0'], '--api-port takes a port from 1 to 65535, not "0".'],
    [['--ui-port', '65536'], '--ui-port takes a port from 1 to 65535, not "65536".'],
    [['--ui-port', '8e3'], '--ui-port takes a port from 1 to 65535, not "8e3".'],
    [['--temporal-port'], /argument missing.*--temporal-port N/],
    [['--fesh'], /Unknown option '--fesh'\. Flags/],
    [['demo'], /Unexpected argument 'demo'/],
  ])('refuse %j', (args, message) => {
    expect(() => parseOptions(args, '/')).toThrow(message);
  });
});
