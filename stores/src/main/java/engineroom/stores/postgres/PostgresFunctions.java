package engineroom.stores.postgres;

import java.math.BigDecimal;
import java.util.List;

/// The functions that statements call, in SQL, kept in the app's schema. Their names carry a
/// version: a program that knows others puts its own beside them, while nodes of the former one
/// still run.
final class PostgresFunctions {
  private static final String PREFIX = "_engineroom_1_";

  /// The JSON of a float.
  static final String NUMBER = PREFIX + "number";

  /// The same of one from 2^54 on.
  private static final String LARGE = PREFIX + "large";

  /// ISO 8601 of microseconds.
  static final String DURATION = PREFIX + "duration";

  /// The exact value of a float; a cast would keep 15 digits.
  static final String EXACT = PREFIX + "exact";

  /// A whole number of 64 bits, null beyond them.
  static final String WHOLE = PREFIX + "whole";

  /// A decimal of some digits behind the point, null where without its point it leaves 64 bits.
  static final String SCALED = PREFIX + "scaled";

  /// A float, rounded once, null beyond the range.
  static final String REAL = PREFIX + "real";

  /// A quotient with so many digits behind the point, rounded half up; null through nothing.
  static final String QUOTIENT = PREFIX + "quotient";

  /// A decimal, null where it has more than a hundred digits.
  static final String PRECISE = PREFIX + "precise";

  /// A decimal of so many digits in all and behind the point, null where they are too few.
  static final String ROUNDED = PREFIX + "rounded";

  /// A moment and microseconds; null outside the years 0001 to 9999.
  static final String PLUS = PREFIX + "plus";

  /// A day and microseconds; null outside the years 0001 to 9999.
  static final String PLUS_DAYS = PREFIX + "plus_days";

  /// Behind all floats: what is this far rounds to none.
  private static final BigDecimal BEYOND =
      BigDecimal.TWO.pow(1024).subtract(BigDecimal.TWO.pow(970));

  private PostgresFunctions() {}

  /// The statements that make them.
  static List<String> create() {
    return List.of(
        function(
            WHOLE + "(n numeric) RETURNS bigint",
            "SELECT CASE WHEN n BETWEEN -9223372036854775808 AND 9223372036854775807"
                + " THEN CAST(n AS bigint) END"),
        function(
            SCALED + "(n numeric, s integer) RETURNS numeric",
            "SELECT CASE WHEN n * CAST('1e' || s AS numeric)"
                + " BETWEEN -9223372036854775808 AND 9223372036854775807 THEN n END"),
        function(
            REAL + "(n numeric) RETURNS double precision",
            "SELECT CASE WHEN abs(n) < " + BEYOND + " THEN CAST(n AS double precision) END"),
        function(
            QUOTIENT + "(a numeric, b numeric, s integer) RETURNS numeric",
            "SELECT CASE WHEN b <> 0 THEN round(sign(a) * sign(b)"
                + " * div(abs(a) * 2 * CAST('1e' || s AS numeric) + abs(b), abs(b) * 2)"
                + " * CAST('1e-' || s AS numeric), s) END"),
        function(
            PRECISE + "(n numeric) RETURNS numeric",
            "SELECT CASE WHEN abs(n) * CAST('1e' || scale(n) AS numeric) < 1e100 THEN n END"),
        function(
            ROUNDED + "(n numeric, p integer, s integer) RETURNS numeric",
            "SELECT CASE WHEN abs(round(n, s)) * CAST('1e' || s AS numeric)"
                + " < CAST('1e' || p AS numeric) THEN round(n, s) END"),
        exact(),
        large(),
        number(),
        duration(),
        function(
            PLUS + "(t timestamptz, m bigint) RETURNS timestamptz",
            "SELECT CASE WHEN r BETWEEN '0001-01-01T00:00:00Z' AND '9999-12-31T23:59:59.999999Z'"
                + " THEN r END FROM (SELECT CASE WHEN abs(m) < 320000000000000000"
                + " THEN t + (m / 1000000) * interval '1 second'"
                + " + (m % 1000000) * interval '1 microsecond' END AS r) AS d"),
        function(
            PLUS_DAYS + "(t date, m bigint) RETURNS date",
            "SELECT CASE WHEN r BETWEEN '0001-01-01' AND '9999-12-31' THEN r END FROM (SELECT"
                + " CASE WHEN abs(m) < 320000000000000000 THEN t + CAST(trunc("
                + "floor(m / 1000000.0) / 86400) AS integer) END AS r) AS d"));
  }

  private static String function(String head, String body) {
    return "CREATE OR REPLACE FUNCTION %s LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ %s $$"
        .formatted(head, body);
  }

  /// By the bits of IEEE 754: a whole number times a power of two, which is one of five times a
  /// power of ten.
  private static String exact() {
    return function(
        EXACT + "(d double precision) RETURNS numeric",
        """
        SELECT CASE WHEN d = trunc(d) AND abs(d) < 9007199254740992
          THEN CAST(CAST(d AS bigint) AS numeric)
          ELSE (CASE WHEN d < 0 THEN -1 ELSE 1 END) * CASE WHEN p >= 0
            THEN CAST(m AS numeric) * power(CAST(2 AS numeric), greatest(p, 0))
            ELSE CAST(m AS numeric) * power(CAST(5 AS numeric), greatest(-p, 0))
              * CAST('1e-' || greatest(-p, 0) AS numeric) END END
        FROM (SELECT CASE WHEN e = 0 THEN -1074 ELSE e - 1075 END AS p,
            CASE WHEN e = 0 THEN f ELSE f + 4503599627370496 END AS m
          FROM (SELECT CAST((b >> 52) & 2047 AS integer) AS e, b & 4503599627370495 AS f
            FROM (SELECT CAST(CAST('x' || encode(float8send(d), 'hex') AS bit(64)) AS bigint) AS b
            ) AS bits) AS parts) AS value""");
  }

  /// The shortest digits that read back as the same float.
  ///
  /// PostgreSQL's are the same but for two kinds of floats. Of the smallest ones, of which one
  /// digit is enough, the evaluator writes two, which are nearer. Of some beyond 2^54 it finds
  /// fewer digits, because it knows that what stands halfway between two floats is read as the even
  /// one.
  private static String number() {
    return function(
        NUMBER + "(d double precision) RETURNS text",
        """
        SELECT CASE
          WHEN d = 0 THEN '0.0'
          WHEN abs(d) >= 18014398509481984 THEN %s(d)
          WHEN abs(d) >= 0.00001 THEN
            CASE WHEN scale(n) = 0 THEN n || '.0' ELSE CAST(n AS text) END
          WHEN abs(d) <= 1e-322 AND t ~ '^-?[0-9]e' THEN
            CASE WHEN x < 9.95 THEN s || round(x, 1) || 'e-324'
              ELSE s || round(x / 10, 1) || 'e-323' END
          ELSE regexp_replace(t, '^(-?[0-9])e', '\\1.0e') END
        FROM (SELECT CAST(d AS text) AS t, trim_scale(CAST(CAST(d AS text) AS numeric)) AS n,
          CASE WHEN d < 0 THEN '-' ELSE '' END AS s,
          CAST(CAST(CAST('x' || encode(float8send(abs(d)), 'hex') AS bit(64)) AS bigint) AS numeric)
            * 4.9406564584124654 AS x) AS digits"""
            .formatted(LARGE));
  }

  private static String large() {
    return function(
        LARGE + "(d double precision) RETURNS text",
        """
        SELECT CASE WHEN d < 0 THEN '-' ELSE '' END || CASE WHEN r < 100000000000000000
            THEN r || '.0'
            ELSE left(m, 1) || '.' || coalesce(nullif(substr(m, 2), ''), '0') || 'e+'
              || (char_length(CAST(r AS text)) - 1) END
        FROM (SELECT r, rtrim(CAST(r AS text), '0') AS m
          FROM (SELECT round(e, n - char_length(CAST(e AS text))) AS r
            FROM (SELECT trunc(%s(abs(d))) AS e) AS exact, generate_series(1, 17) AS n
            WHERE %s(round(e, n - char_length(CAST(e AS text)))) = abs(d)
            ORDER BY n LIMIT 1) AS rounded) AS digits"""
            .formatted(EXACT, REAL));
  }

  private static String duration() {
    return function(
        DURATION + "(m bigint) RETURNS text",
        """
        SELECT 'PT' || CASE WHEN h <> 0 THEN h || 'H' ELSE '' END
          || CASE WHEN i <> 0 THEN i || 'M' ELSE '' END
          || CASE WHEN s = 0 AND f = 0 AND m <> 0 THEN '' ELSE
            CASE WHEN m < 0 AND s = 0 AND f > 0 THEN '-0' ELSE CAST(s AS text) END
              || CASE WHEN f > 0 THEN '.' || rtrim(lpad(CAST(f AS text), 6, '0'), '0') ELSE '' END
              || 'S' END
        FROM (SELECT m / 3600000000 AS h, m / 60000000 % 60 AS i, m / 1000000 % 60 AS s,
          abs(m % 1000000) AS f) AS parts""");
  }
}
