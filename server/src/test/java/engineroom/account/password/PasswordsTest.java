package engineroom.account.password;

import static engineroom.account.password.Verdict.RIGHT;
import static engineroom.account.password.Verdict.RIGHT_BUT_WEAK;
import static engineroom.account.password.Verdict.WRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.testkit.run.Alone;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Alone
final class PasswordsTest {
  private static final String PASSWORD = "correct horse battery staple";
  private static final Passwords PASSWORDS =
      new Passwords(HashLimits.defaults(), new SecureRandom());

  @Test
  void a_hash_says_how_it_was_made_and_matches_its_password_only() {
    var stored = PASSWORDS.hash(PASSWORD);
    assertThat(stored)
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    assertThat(PASSWORDS.verify(PASSWORD, stored)).isEqualTo(RIGHT);
    assertThat(PASSWORDS.verify(PASSWORD + " ", stored)).isEqualTo(WRONG);
    assertThat(PASSWORDS.verify("Correct horse battery staple", stored)).isEqualTo(WRONG);
    assertThat(PASSWORDS.verify("", stored)).isEqualTo(WRONG);
  }

  @Test
  void two_hashes_of_one_password_differ() {
    assertThat(PASSWORDS.hash(PASSWORD)).isNotEqualTo(PASSWORDS.hash(PASSWORD));
  }

  @Test
  void computes_argon2id_as_the_reference_program_does() {
    // From phc-winner-argon2's test.c: argon2id v=19, t=2, m=2^16, p=1, "password", "somesalt".
    var hash = "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7";
    var stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$" + base64(hash);
    assertThat(PASSWORDS.verify("password", stored)).isEqualTo(RIGHT_BUT_WEAK);
    assertThat(PASSWORDS.verify("differentpassword", stored)).isEqualTo(WRONG);
  }

  @Test
  void two_long_passwords_that_begin_alike_are_not_the_same() {
    var start = "x".repeat(199);
    var stored = PASSWORDS.hash(start + "a");
    assertThat(PASSWORDS.verify(start + "a", stored)).isEqualTo(RIGHT);
    assertThat(PASSWORDS.verify(start + "b", stored)).isEqualTo(WRONG);
  }

  @Test
  void the_exact_bytes_count_and_nothing_is_folded() {
    var composed = PASSWORDS.hash("caf\u00e9 au lait, sans sucre");
    assertThat(PASSWORDS.verify("caf\u00e9 au lait, sans sucre", composed)).isEqualTo(RIGHT);
    assertThat(PASSWORDS.verify("cafe\u0301 au lait, sans sucre", composed)).isEqualTo(WRONG);
    var zero = PASSWORDS.hash("before\u0000after");
    assertThat(PASSWORDS.verify("before", zero)).isEqualTo(WRONG);
  }

  @Test
  void half_a_surrogate_pair_is_no_question_mark() {
    var stored = PASSWORDS.hash("what? is this, then");
    assertThat(PASSWORDS.verify("what\ud800 is this, then", stored)).isEqualTo(WRONG);
    assertThatThrownBy(() -> PASSWORDS.hash("what\ud800"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void less_work_than_todays_is_right_but_weak() {
    var salt = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    var today =
        Argon2Hash.of(Argon2Hash.Work.TODAY, PASSWORD.getBytes(StandardCharsets.UTF_8), salt);
    assertThat(today.weak()).isFalse();
    var less = new Argon2Hash.Work(19_455, 2, 1);
    assertThat(new Argon2Hash(less, salt, today.hash()).weak()).isTrue();
    var once = new Argon2Hash.Work(65_536, 1, 1);
    assertThat(new Argon2Hash(once, salt, today.hash()).weak()).isTrue();
    var more = new Argon2Hash.Work(65_536, 3, 4);
    assertThat(new Argon2Hash(more, salt, today.hash()).weak()).isFalse();
  }

  @Test
  void takes_the_hashes_of_bcrypt() {
    // Published vectors of crypt_blowfish and jBCrypt.
    var crypt = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
    assertThat(PASSWORDS.verify("U*U", crypt)).isEqualTo(RIGHT_BUT_WEAK);
    assertThat(PASSWORDS.verify("U*V", crypt)).isEqualTo(WRONG);
    assertThat(PASSWORDS.verify("U*U", crypt.replace("$2a", "$2b"))).isEqualTo(RIGHT_BUT_WEAK);
    assertThat(PASSWORDS.verify("U*U", crypt.replace("$2a", "$2y"))).isEqualTo(RIGHT_BUT_WEAK);
    var jbcrypt = "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i";
    assertThat(PASSWORDS.verify("abcdefghijklmnopqrstuvwxyz", jbcrypt)).isEqualTo(WRONG);
    var alphabet = "$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC";
    assertThat(PASSWORDS.verify("abcdefghijklmnopqrstuvwxyz", alphabet)).isEqualTo(RIGHT_BUT_WEAK);
  }

  @Test
  void no_password_matches_because_bcrypt_cuts_or_repeats_it() {
    var salt = new byte[16];
    var long72 = "y".repeat(72);
    var stored = OpenBSDBCrypt.generate(long72.getBytes(StandardCharsets.UTF_8), salt, 4);
    assertThat(PASSWORDS.verify(long72, stored)).isEqualTo(RIGHT_BUT_WEAK);
    assertThat(PASSWORDS.verify(long72 + "z", stored)).isEqualTo(WRONG);
    var one = OpenBSDBCrypt.generate("a".getBytes(StandardCharsets.UTF_8), salt, 4);
    assertThat(PASSWORDS.verify("a", one)).isEqualTo(RIGHT_BUT_WEAK);
    assertThat(PASSWORDS.verify("a\u0000a", one)).isEqualTo(WRONG);
  }

  @Test
  void takes_the_hashes_of_scrypt() {
    // RFC 7914, section 12: N=1024, r=8, p=16, "password", "NaCl" is too short a salt for us;
    // N=16384, r=8, p=1, "pleaseletmein", "SodiumChloride".
    var hash =
        "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
            + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887";
    var stored = "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$" + base64(hash);
    assertThat(PASSWORDS.verify("pleaseletmein", stored)).isEqualTo(RIGHT_BUT_WEAK);
    assertThat(PASSWORDS.verify("pleaseletmeout", stored)).isEqualTo(WRONG);
  }

  @Test
  void takes_the_hashes_of_pbkdf2() {
    // The SHA-256 counterpart of RFC 6070: "password", "salt", 4096 rounds, 32 bytes.
    var hash = base64("c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a");
    assertThat(PASSWORDS.verify("password", "$pbkdf2-sha256$i=4096$c2FsdA$" + hash))
        .isEqualTo(RIGHT_BUT_WEAK);
    assertThat(PASSWORDS.verify("password", "$pbkdf2-sha256$4096$c2FsdA$" + hash))
        .isEqualTo(RIGHT_BUT_WEAK);
    var django = "pbkdf2_sha256$4096$salt$" + hash + "=";
    assertThat(PASSWORDS.verify("password", django)).isEqualTo(RIGHT_BUT_WEAK);
    assertThat(PASSWORDS.verify("passwore", django)).isEqualTo(WRONG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password",
        "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHRzYWx0$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApg",
        "$argon2id$v=19$m=65536,t=9999,p=1$c29tZXNhbHRzYWx0$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApg",
        "$argon2id$v=19$m=131072,t=16,p=1$c29tZXNhbHRzYWx0$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApg",
        "$argon2id$v=19$m=8,t=1,p=2$c29tZXNhbHRzYWx0$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApg",
        "$argon2id$v=16$m=65536,t=2,p=1$c29tZXNhbHRzYWx0$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApg",
        "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHRzYWx0$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApg",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzYWx0$",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzYWx0$CTE",
        "$argon2id$v=19$m=99999999999,t=2,p=1$c29tZXNhbHRzYWx0$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApg",
        "$2a$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$2a$15$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyO",
        "$scrypt$ln=20,r=8,p=1$U29kaXVtQ2hsb3JpZGU$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApg",
        "$scrypt$ln=17,r=8,p=16$U29kaXVtQ2hsb3JpZGU$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApg",
        "$scrypt$ln=16,r=1,p=1$U29kaXVtQ2hsb3JpZGU$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApg",
        "$scrypt$ln=0,r=8,p=1$U29kaXVtQ2hsb3JpZGU$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApg",
        "$pbkdf2-sha256$i=2000001$c2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApg",
        "$pbkdf2-sha256$i=2147483648$c2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApg",
        "pbkdf2_sha256$0$salt$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApg=",
        "pbkdf2_sha1$1000$salt$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApg="
      })
  void what_is_no_known_hash_or_too_dear_is_not_understood_and_never_right(String stored) {
    assertThat(Passwords.understands(stored)).isFalse();
    assertThat(PASSWORDS.verify("password", stored)).isEqualTo(WRONG);
  }

  @Test
  void the_dearest_hashes_that_are_understood_take_seconds_and_no_more() {
    var salt = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    var hash = new byte[32];
    var dearest =
        List.of(
            new Argon2Hash(new Argon2Hash.Work(131_072, 4, 1), salt, hash).text(),
            "$2b$14$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
            "$scrypt$ln=17,r=8,p=4$U29kaXVtQ2hsb3JpZGU$" + HashText.base64(hash),
            "$pbkdf2-sha256$i=2000000$c2FsdA$" + HashText.base64(hash));
    for (var stored : dearest) {
      assertThat(Passwords.understands(stored)).as(stored).isTrue();
      long begin = System.nanoTime();
      assertThat(PASSWORDS.verify("password", stored)).as(stored).isEqualTo(WRONG);
      long millis = (System.nanoTime() - begin) / 1_000_000;
      assertThat(millis).as(stored).isLessThan(20_000);
    }
  }

  @Test
  void an_unknown_user_takes_as_long_as_a_known_one() {
    var stored = PASSWORDS.hash(PASSWORD);
    var shortest =
        inTurns(
            () -> PASSWORDS.verify("another password", stored),
            () -> PASSWORDS.waste("another password"),
            () -> PASSWORDS.verify("another password", "no hash at all"));
    long known = shortest[0];
    assertThat(shortest[1]).as("unknown").isBetween(known / 2, known * 2);
    assertThat(shortest[2]).as("without a hash").isBetween(known / 2, known * 2);
  }

  /// The shortest time that each takes, one after the other and again, so that what else the
  /// machine does falls on all of them.
  private static long[] inTurns(Runnable... works) {
    var shortest = new long[works.length];
    Arrays.fill(shortest, Long.MAX_VALUE);
    for (int turn = 0; turn < 8; turn++) {
      for (int i = 0; i < works.length; i++) {
        long begin = System.nanoTime();
        works[i].run();
        shortest[i] = Math.min(shortest[i], System.nanoTime() - begin);
      }
    }
    return shortest;
  }

  private static String base64(String hex) {
    return HashText.base64(HexFormat.of().parseHex(hex));
  }
}
