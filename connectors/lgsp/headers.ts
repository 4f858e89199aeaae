import { base64Of } from '../digest.ts';

export const LGSP_SCHEMES = ['esb', 'lgspaccesstoken', 'oauth2'] as const;
export type LgspScheme = (typeof LGSP_SCHEMES)[number];

/** The account that the city's department issues, under its own names. */
export interface LgspKeys {
  appName: string;
  accessKey: string;
  secretKey: string;
  partnerCode: string;
  partnerCodeCus?: string;
}

/** The five keys as compact JSON in base64, without any word such as Basic before it. */
function keyHeader({ accessKey, secretKey, appName, partnerCode, partnerCodeCus }: LgspKeys): string {
  const keys = {
    AccessKey: accessKey,
    SecretKey: secretKey,
    AppName: appName,
    PartnerCode: partnerCode,
    PartnerCodeCus: partnerCodeCus ?? partnerCode,
  };
  return base64Of(JSON.stringify(keys));
}

/** Headers that every call carries, the token call included. The bearer comes besides, once there is one. */
export function schemeHeaders(schemes: readonly LgspScheme[], keys: LgspKeys | undefined): Record<string, string> {
  if (!keys) return {};
  const value = keyHeader(keys);
  return {
    ...(schemes.includes('esb') && { Authorization: value }),
    ...(schemes.includes('lgspaccesstoken') && { lgspaccesstoken: value }),
  };
}
