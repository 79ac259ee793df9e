package {{package}}.client;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * What a row was for some time.
 *
 * @param until null for what it is now
 * @param kind `create`, `update` or `delete`
 * @param changed the names of the fields that the version changed
 * @param row as it was then; null where it was deleted
 */
public record Version<R>(
    long version, Instant from, Instant until, String kind, List<String> changed, R row) {
  public Version {
    changed = List.copyOf(changed);
  }

  static <R> Version<R> read(Json told, Function<Json, R> reader) {
    var members = told.object();
    var row = members.at("row");
    return new Version<>(
        Values.WHOLE.read(members.at("version")),
        Values.MOMENT.read(members.at("from")),
        Values.MOMENT.read(members.at("until")),
        members.at("kind").text(),
        members.at("changed").elements().stream().map(Json::text).toList(),
        row == Json.Null.NULL ? null : reader.apply(row));
  }
}
