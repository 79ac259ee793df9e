package engineroom.account.password;

/// A hash of a password in one of the forms that are understood, read from its stored text.
///
/// Each form has upper limits of cost: a hash that came by an import must not be able to stop the
/// program.
sealed interface StoredHash permits Argon2Hash, BcryptHash, Pbkdf2Hash, ScryptHash {
  /// Whether the password is the one; compares in constant time.
  boolean matches(byte[] password);

  /// Whether it should be made anew with today's algorithm and work.
  boolean weak();
}
