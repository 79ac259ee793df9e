package engineroom.account;

import engineroom.operation.Caller;
import java.time.Instant;

/// Who a credential stands for, as the rows are at this moment.
///
/// @param until when that ends at the latest
public record Standing(Caller.User caller, Instant until) {}
