package engineroom.stores.sqlite;

import engineroom.model.Entity;
import engineroom.stores.sql.Bind;
import engineroom.stores.sql.Codec;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.SearchTable;
import engineroom.stores.sql.Sql;
import engineroom.stores.sql.TableNames;
import java.util.List;

/// Functions of texts and lists in SQLite's words.
final class SqliteTexts implements Dialect.Texts {
  /// Between the text and the first one after all that begin with it, so that indexes serve.
  @Override
  public Sql startsWith(Sql text, Bind.Operand prefix) {
    return Sql.of("(", text, " >= ")
        .bind(new Bind.Derived(prefix, same -> same))
        .add(" AND ")
        .add(text)
        .add(" < ")
        .bind(new Bind.Derived(prefix, Patterns::afterPrefix))
        .add(")");
  }

  @Override
  public Sql like(Sql text, Bind.Operand pattern) {
    return Sql.of("(", text, " GLOB ").bind(new Bind.Derived(pattern, Patterns::glob)).add(")");
  }

  @Override
  public Sql likeLower(Sql text, Bind.Operand pattern) {
    return Sql.of("(", text, " GLOB ")
        .bind(new Bind.Derived(pattern, like -> Patterns.glob(Codec.folded(like))))
        .add(")");
  }

  @Override
  public Sql contains(Sql text, Sql other) {
    return Sql.of("(instr(", text, ", ").add(other).add(") > 0)");
  }

  @Override
  public Sql trim(Sql text) {
    return Sql.of("trim(", text, ", ' ' || char(9, 10, 13))");
  }

  @Override
  public Sql size(Form form, Sql value) {
    return Sql.of(form instanceof Form.Array ? "json_array_length(" : "length(", value, ")");
  }

  @Override
  public Sql search(Entity entity, List<String> fields, Bind.Operand words, Column row) {
    var columns = new SearchTable.Columns(fields);
    var index = Sql.name(SearchTable.name(entity.name()));
    return Sql.of("(", row.column(TableNames.key(entity)))
        .add(" IN (SELECT rowid FROM " + index + " WHERE " + index + " MATCH ")
        .bind(new Bind.Derived(words, text -> SearchTable.match(columns, text)))
        .add("))");
  }
}
