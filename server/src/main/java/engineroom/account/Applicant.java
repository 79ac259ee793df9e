package engineroom.account;

import engineroom.operation.Input;

/// Somebody who signs up.
///
/// @param fields of their row that they may give, and what is wrong with the others
public record Applicant(String email, String password, Input fields) {}
