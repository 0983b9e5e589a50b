/**
 * Why a fetch came to nothing. One code stands for every target that is not public, whether its name is unknown, private
 * or this very machine: whoever gives addresses must not learn from the answer what stands in our network.
 */
export type RefusalCode =
  | 'ADDRESS_INVALID'
  | 'SCHEME_REFUSED'
  | 'PORT_REFUSED'
  | 'USER_IN_ADDRESS'
  | 'NOT_PUBLIC'
  | 'UNREACHABLE'
  | 'CERTIFICATE_INVALID'
  | 'TOO_SLOW'
  | 'TOO_LARGE'
  | 'HEADERS_TOO_LARGE'
  | 'TOO_MANY_REDIRECTS'
  | 'REDIRECT_REFUSED'
  | 'CUT_OFF'
  | 'BAD_ANSWER'
  /** Whoever takes the bytes has no place for them. */
  | 'NO_ROOM'
  | 'CANCELLED';

/** What is wrong with a certificate. */
export type CertificateFault =
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'WRONG_HOST'
  | 'INCOMPLETE_CHAIN'
  | 'SELF_SIGNED'
  | 'OTHER';

/** A fetch that was refused or came to nothing. Carries a code and nothing that the other side said. */
export class FetchRefused extends Error {
  constructor(
    readonly code: RefusalCode,
    /** With CERTIFICATE_INVALID alone. */
    readonly certificate: CertificateFault | null = null,
  ) {
    super(code);
    this.name = 'FetchRefused';
  }
}

const certificateFaults: Readonly<Record<string, CertificateFault>> = {
  CERT_HAS_EXPIRED: 'EXPIRED',
  CERT_NOT_YET_VALID: 'NOT_YET_VALID',
  ERR_TLS_CERT_ALTNAME_INVALID: 'WRONG_HOST',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'INCOMPLETE_CHAIN',
  UNABLE_TO_GET_ISSUER_CERT: 'INCOMPLETE_CHAIN',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'INCOMPLETE_CHAIN',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'SELF_SIGNED',
  SELF_SIGNED_CERT_IN_CHAIN: 'SELF_SIGNED',
  CERT_REVOKED: 'OTHER',
  CERT_UNTRUSTED: 'OTHER',
  CERT_SIGNATURE_FAILURE: 'OTHER',
  INVALID_PURPOSE: 'OTHER',
};

/** What Node says about a connection, as a refusal. */
export function refusalOf(error: unknown): FetchRefused {
  if (error instanceof FetchRefused) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const fault = certificateFaults[code];
  if (fault) return new FetchRefused('CERTIFICATE_INVALID', fault);
  if (code === 'HPE_HEADER_OVERFLOW') return new FetchRefused('HEADERS_TOO_LARGE');
  if (code === 'ERR_STREAM_PREMATURE_CLOSE') return new FetchRefused('CUT_OFF');
  return new FetchRefused(/^(HPE_|Z_|ERR__ERROR)/.test(code) ? 'BAD_ANSWER' : 'UNREACHABLE');
}
