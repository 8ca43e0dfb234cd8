/** The table of ports that security groups should not open to the internet. */
import assert from 'node:assert/strict';
import { HIGH_RISK_PORTS, PORT_SOURCES, REMOTE_LOGIN } from '../../server/src/rules/ec2/service-ports.ts';

/** The ports of Security Hub's control EC2.19. */
const EC2_19 = [
  20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080, 8088, 8888,
  9200, 9300,
];

describe('the table of high-risk ports', () => {
  const ports = [...REMOTE_LOGIN, ...HIGH_RISK_PORTS];

  it('has each port of a protocol once, with a short name', () => {
    const keys = ports.map(({ port, protocol = 'tcp' }) => `${port}/${protocol}`);
    assert.deepEqual(
      keys.filter((key, index) => keys.indexOf(key) !== index),
      [],
    );
    for (const { port, service } of ports) {
      assert.ok(port > 0 && port < 65_536);
      assert.match(service, /^\S.{1,22}$/);
    }
  });

  it('has the ports of EC2.19', () => {
    const known = new Set(ports.filter(({ protocol }) => protocol === undefined).map(({ port }) => port));
    assert.deepEqual(
      EC2_19.filter((port) => !known.has(port)),
      [],
    );
  });

  it('uses each of its sources', () => {
    assert.equal(new Set(ports.map(({ source }) => source)).size, Object.keys(PORT_SOURCES).length);
  });
});
