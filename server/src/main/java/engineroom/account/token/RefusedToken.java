package engineroom.account.token;

import java.io.Serial;

/// Leaves the reading of a token; never leaves the package.
final class RefusedToken extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final TokenFault fault;

  RefusedToken(TokenFault fault) {
    super(fault.name(), null, false, false);
    this.fault = fault;
  }

  TokenFault fault() {
    return fault;
  }
}
