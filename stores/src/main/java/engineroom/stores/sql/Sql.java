package engineroom.stores.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// SQL being written: text and the values that its question marks stand for, in step. A piece may
/// be written apart and put in later.
public final class Sql {
  private final StringBuilder text = new StringBuilder();
  private final List<Bind> binds = new ArrayList<>();

  /// Writes text that is ours, never a caller's.
  public Sql add(String ours) {
    text.append(ours);
    return this;
  }

  /// Writes pieces of text one after another, the `Sql` among them with their values.
  public static Sql of(Object... pieces) {
    var sql = new Sql();
    for (var piece : pieces) {
      switch (piece) {
        case Sql other -> sql.add(other);
        case Bind bind -> sql.bind(bind);
        default -> sql.text.append(piece);
      }
    }
    return sql;
  }

  /// Writes a piece written apart.
  public Sql add(Sql other) {
    text.append(other.text);
    binds.addAll(other.binds);
    return this;
  }

  /// Writes a question mark.
  public Sql bind(Bind bind) {
    text.append('?');
    binds.add(bind);
    return this;
  }

  /// Writes things with a separator between them.
  <T> Sql join(String separator, Collection<T> things, Consumer<T> write) {
    var first = true;
    for (var thing : things) {
      if (!first) {
        text.append(separator);
      }
      first = false;
      write.accept(thing);
    }
    return this;
  }

  /// Pieces with a separator between them.
  public static Sql joined(String separator, Collection<Sql> pieces) {
    var sql = new Sql();
    return sql.join(separator, pieces, sql::add);
  }

  /// A name, quoted.
  public static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /// A text constant.
  public static String quoted(String constant) {
    return "'" + constant.replace("'", "''") + "'";
  }

  /// Whether values are needed to run it.
  public boolean hasBinds() {
    return !binds.isEmpty();
  }

  public SqlText done() {
    return new SqlText(text.toString(), binds);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
