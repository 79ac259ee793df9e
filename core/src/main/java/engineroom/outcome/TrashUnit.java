package engineroom.outcome;

import engineroom.data.Row;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What one deletion took away and can be brought back as one until its time is over: a row, the
/// rows that were part of it, and those that went with it.
///
/// @param number counts up with each deletion; 0 before the store has numbered it
/// @param row as it was
/// @param counts of other rows that the deletion concerned
/// @param origin who deleted it, and when
/// @param until when it is gone for good
public record TrashUnit(
    long number, String entity, Row row, Counts counts, Change.Origin origin, Instant until) {

  /// How many other rows a deletion concerned, by the names of their entities.
  ///
  /// @param with rows that went with the row
  /// @param cleared rows that lost their reference to it, and stay without when it comes back
  public record Counts(Map<String, Integer> with, Map<String, Integer> cleared) {
    public Counts {
      with = Collections.unmodifiableMap(new LinkedHashMap<>(with));
      cleared = Collections.unmodifiableMap(new LinkedHashMap<>(cleared));
    }
  }

  /// A row that went with the one deleted, as it was.
  public record With(String entity, Row row) {}

  /// The same unit with its number.
  public TrashUnit numbered(long given) {
    return new TrashUnit(given, entity, row, counts, origin, until);
  }
}
