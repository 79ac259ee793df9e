package {{package}}.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a file of rows is imported; nothing is sent before its last word, `run`. It does not change:
 * each word gives another one.
 *
 * @param <R> the rows
 */
public final class Import<R> {
  private final Rows<R, ?, ?, ?> rows;
  private final FileOfRows file;
  private final List<String> said;

  Import(Rows<R, ?, ?, ?> rows, FileOfRows file) {
    this(rows, file, List.of());
  }

  private Import(Rows<R, ?, ?, ?> rows, FileOfRows file, List<String> said) {
    this.rows = rows;
    this.file = file;
    this.said = List.copyOf(said);
  }

  /** What becomes of a row that is there. */
  public enum There {
    UPDATE,
    REPLACE,
    IGNORE
  }

  private Import<R> with(String name, String value) {
    var more = new ArrayList<>(said);
    more.add(name);
    more.add(value);
    return new Import<>(rows, file, more);
  }

  /** Rows are found by a unique key and changed; without it every line is a new row. */
  public Import<R> by(UniqueKey<R> key) {
    return with("by", key.fields());
  }

  /** What becomes of a row that is there; it is changed where nothing is said. */
  public Import<R> onConflict(There what) {
    return with("onConflict", what.name().toLowerCase(Locale.ROOT));
  }

  /** A column has another name than its field. */
  public Import<R> map(String column, Field<R> field) {
    return with("map", column + "=" + field.name());
  }

  /** A column is left out. */
  public Import<R> ignore(String column) {
    return with("ignore", column);
  }

  /** What is between values: a comma, a semicolon or a tab. */
  public Import<R> delimiter(char sign) {
    return with("delimiter", String.valueOf(sign));
  }

  /** All lines, or none. */
  public Import<R> atomic() {
    return with("atomic", "true");
  }

  /** Tells what would be done, and does nothing. */
  public Import<R> dryRun() {
    return with("dryRun", "true");
  }

  /** Sends the file, and tells what became of it. It is sent once, whatever happens on its way. */
  public Imported run() {
    var request = new Request("POST", rows.path() + "/import").file(file);
    for (var name : List.of("by", "onConflict", "map", "ignore", "delimiter", "atomic", "dryRun")) {
      request.parameters.addAll(name, said(name));
    }
    if (file.name() != null) {
      request.parameters.add("file", file.name());
    }
    return Imported.read(rows.sent(request.repeat(Request.Repeat.NEVER), Rows.TIME));
  }

  private List<String> said(String name) {
    var values = new ArrayList<String>();
    for (int i = 0; i < said.size(); i += 2) {
      if (said.get(i).equals(name)) {
        values.add(said.get(i + 1));
      }
    }
    return values;
  }
}
