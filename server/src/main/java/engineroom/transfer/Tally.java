package engineroom.transfer;

/// What became of the lines of an import.
///
/// @param first the number of the first change in the change log, or 0
/// @param last the number of the last one, or 0
/// @param logged how many changes there are
public record Tally(
    long created, long changed, long unchanged, long refused, long first, long last, long logged) {
  /// Nothing yet.
  public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0);

  /// Both together, the other one later.
  Tally and(Tally other) {
    return new Tally(
        created + other.created,
        changed + other.changed,
        unchanged + other.unchanged,
        refused + other.refused,
        first == 0 ? other.first : first,
        other.last == 0 ? last : other.last,
        logged + other.logged);
  }

  /// The same with lines that were refused.
  Tally refusing(long lines) {
    return new Tally(created, changed, unchanged, refused + lines, first, last, logged);
  }

  /// How many lines there were.
  long lines() {
    return created + changed + unchanged + refused;
  }

  /// How many rows were written.
  public long written() {
    return created + changed;
  }
}
