package engineroom.json;

/// How much JSON is read before it is refused.
///
/// @param depth arrays and objects within each other
/// @param stringLength UTF-16 units of a text or a member's name
/// @param numberDigits of a number, without leading zeros, its exponent's included
/// @param arrayLength elements of an array, members of an object, lines of NDJSON
public record JsonLimits(int depth, int stringLength, int numberDigits, int arrayLength) {
  public JsonLimits {
    if (depth < 1 || stringLength < 1 || numberDigits < 1 || arrayLength < 1) {
      throw new IllegalArgumentException("JSON limits must be 1 or more");
    }
  }

  /// What holds where the owner says nothing.
  public static JsonLimits defaults() {
    return new JsonLimits(64, 1 << 20, 64, 10_000);
  }
}
