package engineroom.account;

import engineroom.operation.Input;
import org.jspecify.annotations.Nullable;

/// Somebody who signs up.
///
/// @param invitation the token of one; null where there is none
/// @param fields of their row that they may give, and what is wrong with the others
public record Applicant(String email, String password, @Nullable String invitation, Input fields) {}
