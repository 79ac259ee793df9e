package engineroom.stores.mariadb;

import engineroom.expression.Words;
import engineroom.model.Entity;
import engineroom.stores.mariadb.brand.Brand;
import engineroom.stores.sql.Bind;
import engineroom.stores.sql.Codec;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.Sql;
import engineroom.stores.sql.TableNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// Functions of texts and lists in MariaDB's words.
///
/// Words are searched in a table of ours: the full-text index of InnoDB leaves out short words,
/// frequent ones, and what the own transaction wrote.
final class MariaTexts implements Dialect.Texts {
  /// Behind which a character in a pattern is but itself.
  private static final String ESCAPE = "|";

  private final Brand brand;

  MariaTexts(Brand brand) {
    this.brand = brand;
  }

  @Override
  public Sql startsWith(Sql text, Bind.Operand prefix) {
    return Sql.of("(", text, " LIKE ")
        .bind(new Bind.Derived(prefix, MariaTexts::beginning))
        .add(" ESCAPE '" + ESCAPE + "')");
  }

  private static Object beginning(String prefix) {
    var pattern = new StringBuilder();
    prefix
        .chars()
        .forEach(c -> pattern.append("%_|".indexOf(c) < 0 ? "" : ESCAPE).append((char) c));
    return pattern.append('%').toString();
  }

  @Override
  public Sql like(Sql text, Bind.Operand pattern) {
    return Sql.of("(", text, " LIKE ").bind(new Bind.Derived(pattern, same -> same)).add(")");
  }

  @Override
  public Sql likeLower(Sql text, Bind.Operand pattern) {
    return Sql.of("(", text, " LIKE ").bind(new Bind.Derived(pattern, Codec::folded)).add(")");
  }

  @Override
  public Sql contains(Sql text, Sql other) {
    return Sql.of("(LOCATE(", other, ", ", text, ") > 0)");
  }

  @Override
  public Sql trim(Sql text) {
    return Sql.of("REGEXP_REPLACE(", text, ", '^[ \\t\\n\\r]+|[ \\t\\n\\r]+\\z', '')");
  }

  @Override
  public Sql size(Form form, Sql value) {
    if (form instanceof Form.Array) {
      return Sql.of("JSON_LENGTH(", value, ")");
    }
    return Sql.of(form == Form.Simple.BYTES ? "OCTET_LENGTH(" : "CHAR_LENGTH(", value, ")");
  }

  /// The rows with the longest of the words, of those all that have the others, too.
  @Override
  public Sql search(Entity entity, List<String> fields, Bind.Operand words, Column row) {
    var searched = TableNames.searched(entity);
    var within =
        fields.stream()
            .map(field -> Integer.toString(searched.indexOf(field)))
            .collect(Collectors.joining(", ", " IN (", ")"));
    var table = Sql.name(WordTable.name(entity.name()));
    var first =
        Sql.of("SELECT s.id FROM " + table + " s WHERE s.place" + within + " AND s.word LIKE ");
    var one = Sql.of("SELECT 1 FROM " + table + " s WHERE s.id = ", row.column("id"));
    return Sql.of("(", row.column("id"), " IN (", first)
        .bind(new Bind.Derived(words, MariaTexts::longest))
        .add(") AND NOT EXISTS (SELECT 1 FROM JSON_TABLE(")
        .bind(new Bind.Derived(words, MariaTexts::all))
        .add(
            ", '$[*]' COLUMNS (word "
                + WordTable.type(brand)
                + " PATH '$')) AS q WHERE NOT EXISTS (")
        .add(one)
        .add(" AND s.place" + within + " AND s.word LIKE q.word)))");
  }

  /// Every word, the last as the beginning of one.
  private static List<String> patterns(String text) {
    var words = Words.of(text);
    var patterns = new ArrayList<String>();
    for (var i = 0; i < words.size(); i++) {
      patterns.add(WordTable.told(words.get(i)) + (i == words.size() - 1 ? "%" : ""));
    }
    return patterns;
  }

  private static Object longest(String text) {
    return patterns(text).stream().max(Comparator.comparingInt(String::length)).orElse("");
  }

  private static Object all(String text) {
    return patterns(text).stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
  }
}
