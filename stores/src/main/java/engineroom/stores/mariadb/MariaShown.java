package engineroom.stores.mariadb;

/// Numbers as they stand in JSON, in MariaDB's words.
final class MariaShown {
  /// `1.5e-7` and `1e300` with a point and two digits of the power.
  private static final String SCIENTIFIC =
      """
      CONCAT(SUBSTRING_INDEX(#t, 'e', 1), CASE WHEN #t LIKE '%.%' THEN '' ELSE '.0' END,
        CASE WHEN #t LIKE '%e-%' THEN 'e-' ELSE 'e+' END,
        CASE WHEN #t REGEXP 'e-?[0-9]$' THEN '0' ELSE '' END,
        REPLACE(SUBSTRING_INDEX(#t, 'e', -1), '-', ''))""";

  /// `0.0000015`: the digits behind the noughts, and how many noughts there are.
  private static final String SMALL =
      """
      CONCAT(CASE WHEN #c < 0 THEN '-' ELSE '' END, LEFT(#d, 1), '.',
        CASE WHEN CHAR_LENGTH(#d) = 1 THEN '0' ELSE SUBSTR(#d, 2) END, 'e-',
        LPAD(CHAR_LENGTH(SUBSTRING_INDEX(#t, '.', -1)) - CHAR_LENGTH(#d) + 1, 2, '0'))""";

  private static final String BEHIND_NOUGHTS =
      "TRIM(LEADING '0' FROM SUBSTRING_INDEX(#t, '.', -1))";

  /// Of the smallest floats, of which one digit is enough, the evaluator writes two, which are
  /// nearer.
  private static final String SMALLEST =
      """
      CONCAT(CASE WHEN #c < 0 THEN '-' ELSE '' END, CASE WHEN #n * 4.9406564584124654 < 9.95
        THEN CONCAT(ROUND(#n * 4.9406564584124654, 1), 'e-324')
        ELSE CONCAT(ROUND(#n * 0.49406564584124654, 1), 'e-323') END)""";

  /// How often the least float of all goes into one.
  private static final String TIMES = "CAST(ROUND(ABS(#c) / 5e-324) AS DECIMAL(10,0))";

  private static final String NUMBER =
      """
      CASE WHEN #c = 0 THEN '0.0'
        WHEN ABS(#c) >= 1e17 THEN #scientific
        WHEN ABS(#c) >= 1e15 THEN CAST(CAST(#t AS DECIMAL(20,1)) AS CHAR)
        WHEN ABS(#c) >= 1e-5 THEN CONCAT(#t, CASE WHEN #t LIKE '%.%' THEN '' ELSE '.0' END)
        WHEN ABS(#c) <= 1e-322 AND #t REGEXP '^-?[0-9]e' THEN #smallest
        WHEN #t LIKE '%e%' THEN #scientific
        WHEN #c IS NOT NULL THEN #small END""";

  private static final String DURATION =
      """
      CONCAT('PT', CASE WHEN #h <> 0 THEN CONCAT(#h, 'H') ELSE '' END,
        CASE WHEN #i <> 0 THEN CONCAT(#i, 'M') ELSE '' END,
        CASE WHEN #s = 0 AND #f = 0 AND #c <> 0 THEN '' ELSE
          CONCAT(CASE WHEN #c < 0 AND #s = 0 AND #f > 0 THEN '-0' ELSE #s END,
            CASE WHEN #f > 0 THEN CONCAT('.', TRIM(TRAILING '0' FROM LPAD(#f, 6, '0')))
              ELSE '' END, 'S') END)""";

  private MariaShown() {}

  /// The shortest digits that read back as the same float.
  static String number(String column) {
    return NUMBER
        .replace("#scientific", SCIENTIFIC)
        .replace("#smallest", SMALLEST)
        .replace("#small", SMALL)
        .replace("#n", TIMES)
        .replace("#d", BEHIND_NOUGHTS)
        .replace("#t", "CAST(" + column + " AS CHAR)")
        .replace("#c", column);
  }

  /// ISO 8601 of microseconds.
  static String duration(String column) {
    return DURATION
        .replace("#h", "(#c DIV 3600000000)")
        .replace("#i", "(#c DIV 60000000 % 60)")
        .replace("#s", "(#c DIV 1000000 % 60)")
        .replace("#f", "ABS(#c % 1000000)")
        .replace("#c", column);
  }
}
