package engineroom.stores.sql;

import java.util.ArrayList;
import java.util.List;

/// The texts and values that a JSON text is joined from. Neighbouring texts become one: each piece
/// less is work less on every row.
public final class JsonPieces {
  /// `concat` takes no more arguments than this.
  private static final int ARGUMENTS_MAX = 100;

  /// One piece.
  private sealed interface Piece {
    record Text(String json) implements Piece {}

    record Value(Sql sql) implements Piece {}
  }

  private final List<Piece> pieces = new ArrayList<>();

  /// A value within quotes.
  public static JsonPieces quoted(String sql) {
    return new JsonPieces().text("\"").value(sql).text("\"");
  }

  public JsonPieces text(String json) {
    if (!pieces.isEmpty() && pieces.getLast() instanceof Piece.Text(var before)) {
      pieces.set(pieces.size() - 1, new Piece.Text(before + json));
    } else {
      pieces.add(new Piece.Text(json));
    }
    return this;
  }

  public JsonPieces value(Sql sql) {
    pieces.add(new Piece.Value(sql));
    return this;
  }

  public JsonPieces value(String sql) {
    return value(Sql.of(sql));
  }

  /// Goes on with the pieces of another.
  JsonPieces add(JsonPieces other) {
    for (var piece : other.pieces) {
      switch (piece) {
        case Piece.Text(var json) -> text(json);
        case Piece.Value(var sql) -> value(sql);
      }
    }
    return this;
  }

  /// All of it as one value, in which a null piece is an empty text.
  Sql concat(Dialect.Json json) {
    var all = written();
    while (all.size() > ARGUMENTS_MAX) {
      var fewer = new ArrayList<Sql>();
      for (var i = 0; i < all.size(); i += ARGUMENTS_MAX) {
        fewer.add(json.concat(all.subList(i, Math.min(all.size(), i + ARGUMENTS_MAX))));
      }
      all = fewer;
    }
    return json.concat(all);
  }

  /// All of it as one value, null where a piece is null.
  Sql orNull(Dialect.Json json) {
    var all = written();
    return all.size() == 1 ? all.getFirst() : json.joined(all);
  }

  private List<Sql> written() {
    return pieces.stream().map(JsonPieces::written).toList();
  }

  private static Sql written(Piece piece) {
    return switch (piece) {
      case Piece.Text(var json) -> Sql.of(Sql.quoted(json));
      case Piece.Value(var sql) -> sql;
    };
  }
}
