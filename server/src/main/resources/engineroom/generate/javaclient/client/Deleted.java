package {{package}}.client;

import java.time.Instant;
import java.util.function.Function;

/**
 * A deleted row that can be brought back.
 *
 * @param until when it goes for good
 */
public record Deleted<R>(Instant deletedAt, Instant until, R row) {
  static <R> Deleted<R> read(Json told, Function<Json, R> reader) {
    var members = told.object();
    return new Deleted<>(
        Values.MOMENT.read(members.at("deletedAt")),
        Values.MOMENT.read(members.at("until")),
        reader.apply(members.at("row")));
  }
}
