/** The ports at which a CloudFront distribution sends requests to an origin. */
import { all, any, is, isAbsent, isPresent, UNKNOWABLE, type Judgement } from '../model/judgement.ts';
import { integer, oneOf } from '../model/predicate.ts';
import { never } from '../model/quantified.ts';
import type { Properties } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { allowsPort, isSamePort } from './ports.ts';
import { coversPort, type GroupRule } from './security-group-rules.ts';

/** A port of an origin. */
export interface OriginPort {
  readonly allowed: (rule: GroupRule) => Judgement;
  readonly is: (port: Value) => Judgement;
}

/**
 * The port of an origin, by the protocols of its configuration. Without a configuration, as for an origin of another
 * type, it is unknown.
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CustomOriginConfig.html
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_VpcOriginEndpointConfig.html
 */
export function originPort(configuration: Properties | undefined, at: string): OriginPort {
  if (!configuration) return { allowed: () => UNKNOWABLE, is: () => UNKNOWABLE };
  const policy = configuration.get(`${at}.OriginProtocolPolicy`);
  // The protocol of viewers then decides, which is not evaluated.
  const matchesViewer = all(any(is(policy, oneOf('match-viewer')), isAbsent(policy)), UNKNOWABLE);
  const ports = [
    {
      value: configuration.get(`${at}.HTTPPort`),
      byDefault: 80,
      when: any(is(policy, oneOf('http-only')), matchesViewer),
    },
    {
      value: configuration.get(`${at}.HTTPSPort`),
      byDefault: 443,
      when: any(is(policy, oneOf('https-only')), matchesViewer),
    },
  ].filter(({ when }) => !never(when));
  const someOf = (own: (value: Value) => Judgement, fallback: (port: number) => Judgement): Judgement =>
    any(
      ...ports.map(({ value, byDefault, when }) =>
        all(when, any(all(isPresent(value), own(value)), all(isAbsent(value), fallback(byDefault)))),
      ),
    );
  return {
    allowed: (rule) =>
      someOf(
        (value) => allowsPort(rule, { value, transports: ['tcp'] }),
        (port) => coversPort(rule, port),
      ),
    is: (port) =>
      someOf(
        (value) => isSamePort(value, port),
        (number) =>
          is(
            port,
            integer((one) => one === number),
          ),
      ),
  };
}
