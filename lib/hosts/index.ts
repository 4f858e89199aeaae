/**
 * Where the extension may run without being asked. The city's officer host; its gateway is only listened to, by
 * reading answers that the page itself asked for. Source: host-systems notes §0, §1.1 (motcua.tphcm.gov.vn in use since
 * August 2025; gateway apigatewaydvcmc.hochiminhcity.gov.vn).
 */
export const BUILT_IN_HOSTS = ['https://motcua.tphcm.gov.vn/*'] as const;

/** Origins whose answers the observer may read on the pages above, besides the page's own. */
export const GATEWAY_ORIGINS = ['https://apigatewaydvcmc.hochiminhcity.gov.vn'] as const;

/** Only in a sandbox build. */
export const SANDBOX_HOSTS = ['http://localhost/*'] as const;
