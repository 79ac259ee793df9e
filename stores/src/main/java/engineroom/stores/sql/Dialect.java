package engineroom.stores.sql;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Roll;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What databases say in words of their own. All else that is written is the same for all of them.
///
/// A value of a [Form] may be kept as differently as each likes; what comes out as JSON is the
/// same.
public interface Dialect {
  /// Which sides of a comparison may be null.
  enum Nulls {
    NEITHER,
    ONE,
    BOTH
  }

  /// A key of an order.
  enum Rank {
    ASCENDING,
    /// Ascending, with nulls at the end.
    ASCENDING_NULLS,
    DESCENDING,
    /// Descending, with nulls at the end.
    DESCENDING_NULLS;

    boolean descends() {
      return this == DESCENDING || this == DESCENDING_NULLS;
    }

    /// The name in SQL.
    public String words() {
      return descends() ? " DESC" : "";
    }
  }

  Values values();

  Texts texts();

  Json json();

  Measures measures();

  Tables tables();

  /// The condition that always holds.
  String always();

  /// The condition that never does.
  String never();

  /// That two values are equal, null being equal to null; false or null where they are not.
  Sql same(Sql left, Sql right, Nulls nulls);

  /// That two values are not [#same]; never null.
  Sql different(Sql left, Sql right, Nulls nulls);

  /// That a value is one of those of a list that is passed.
  ///
  /// @param form of the value and of the elements
  Sql among(Sql value, Form form, Bind list, Nulls nulls);

  /// A value that an expression has on operands.
  ///
  /// @param operands each part of each operand
  /// @throws Unsayable where SQL has no words for it
  Sql computed(Computation computation, List<Sql> operands);

  /// The part of a moment, or the first day of one: see [Expression.Function#DATE_OF] and its kin.
  ///
  /// @param form of the moment
  Sql part(Expression.Function part, Form form, Sql moment);

  /// A whole number as a float.
  Sql real(Sql integer);

  /// A key of an order and its direction.
  Sql ordered(Sql key, Form form, Rank rank);

  /// The same for a column of groups.
  String ordered(String column, Form form, Rank rank);

  /// Stands behind a statement in brackets that other statements read from.
  String alias();

  /// That there is exactly one row.
  ///
  /// @param rows from `FROM` on
  default Sql exactlyOne(Sql rows) {
    return Sql.of("(SELECT count(*) FROM (SELECT 1", rows, " LIMIT 2)" + alias() + ") = 1");
  }

  /// What is said of a value, which is worked out once where the database can give it a name.
  ///
  /// @param said of the name of a column that has the value
  default Sql once(Sql value, Function<String, Sql> said) {
    return Sql.of("(SELECT ", said.apply("v"), " FROM (SELECT ", value, " AS v)")
        .add(alias() + ")");
  }

  /// What is told of each row of a list.
  ///
  /// @param value of each
  /// @param rows from `FROM` on
  record Each(Sql value, Sql rows) {
    /// A statement that tells it in a column.
    public Sql as(String column) {
      return Sql.of("SELECT ", value, " AS ", column, rows);
    }
  }

  /// The first rows in an order.
  record Order(Sql keys, int limit) {
    /// As it stands at the end of a statement.
    public Sql words() {
      return Sql.of(" ORDER BY ", keys, " LIMIT ", limit);
    }
  }

  /// Thrown while a statement is written that SQL has no words for: memory answers then.
  final class Unsayable extends RuntimeException {
    public Unsayable(String what) {
      super(what);
    }
  }

  /// How values are passed and kept.
  interface Values {
    /// One part of a value as it is passed; null of null. A value of another kind that could never
    /// be equal to one of the form becomes something that is equal to none, or null.
    @Nullable Object encode(Form form, int part, Value value);

    /// The number that a column of this form can hold and that is nearest to this one in a
    /// direction.
    Object nearest(Form form, BigDecimal number, RoundingMode direction);

    /// A list, each element in a column's form, for [Dialect#among].
    Object elements(Form form, List<Value> elements);

    /// A place where a value of a form is put.
    Sql mark(Bind bind, Form form, int part);

    /// Whether a column of numbers can be compared with a number of a type that is moved to the
    /// nearest one that the column can hold.
    boolean moves(Form form, Type number, Comparison comparison);
  }

  /// Functions of texts and lists.
  interface Texts {
    Sql startsWith(Sql text, Bind.Operand prefix);

    /// That a text fits a pattern of `%` and `_`.
    Sql like(Sql text, Bind.Operand pattern);

    /// The same with the pattern in lower case, as the text is already.
    Sql likeLower(Sql text, Bind.Operand pattern);

    Sql contains(Sql text, Sql other);

    /// Without blanks at both ends.
    Sql trim(Sql text);

    /// How many code points a text, bytes some bytes, or a list elements have.
    Sql size(Form form, Sql value);

    /// That a row has all words.
    ///
    /// @param row the alias of the row's table, or what reaches a column of it
    Sql search(Entity entity, List<String> fields, Bind.Operand words, Column row);

    /// Reaches columns of a row.
    interface Column {
      Sql column(String name);
    }
  }

  /// JSON text.
  interface Json {
    /// The text of a value as it stands in JSON, without the quotes around what never needs
    /// escapes; null of null.
    String shown(Form.Simple form, String column);

    /// A text in quotes; null of null.
    String quoted(String column);

    /// A decimal in quotes.
    JsonPieces decimal(String column, int scale);

    /// Texts one behind the other, null being an empty one.
    Sql concat(List<Sql> texts);

    /// Texts one behind the other, null where one is.
    Sql joined(List<Sql> texts);

    /// A text, or a constant of SQL where it is null.
    Sql or(Sql text, Sql otherwise);

    /// The JSON array of the texts that are told of the first rows.
    Sql array(Each texts, Order order);
  }

  /// What is made of many values.
  interface Measures {
    /// The sum of whole numbers, decimals with a scale, or floats; null of nothing and where it
    /// leaves the form's range, or a failure that the store knows.
    Sql sum(Form form, Sql value);

    /// The average; see [MeasureWriter] for its form.
    Sql average(Form form, Sql value);

    Sql least(Form form, Sql value);

    Sql greatest(Form form, Sql value);

    /// Null as an aggregate.
    Sql nothing();

    /// How many different values there are, of one or several parts.
    Sql distinct(Form form, List<Sql> parts);

    /// What a roll-up makes of the values.
    ///
    /// @param form of the result
    Sql rolledUp(Roll roll, Form form, Each values);
  }

  /// Tables and statements that write.
  interface Tables {
    /// The type of a column for a part of a field.
    String type(FieldType type, Form form, int part);

    /// What makes a column the id.
    String identity(Entity entity);

    /// What makes a column refer to an entity's id, where that stands with the column.
    String refers(String entity);

    /// The name of an index or a check, where names have a greatest length.
    String named(String name);

    /// What a limit of a field's values is about.
    String measured(Form form, String column);

    /// A limit as the column's values have it.
    String limit(Form form, String limit);

    /// The columns of an index, as they stand in brackets.
    default String indexed(TableNames tables, Entity entity, TableSql.Index index) {
      return index.columns().stream().map(Sql::name).collect(Collectors.joining(", "));
    }

    /// A column of ids as text.
    default String asText(String column) {
      return "CAST(" + column + " AS text)";
    }

    /// Whether rows whose ids are no whole numbers have numbers of their own beside them.
    default boolean numbersRows() {
      return false;
    }

    /// Stands behind a statement that changes or removes a row, so that it gives the row's key: for
    /// an index beside the table. Empty where there is none, or one that needs no key.
    default String givesKey(Entity entity) {
      return "";
    }

    /// Asks for the number that the row before was given; null where the statement that wrote it
    /// can tell.
    default @Nullable String lastNumber() {
      return null;
    }

    /// Writes a row into somebody else's table.
    ///
    /// @param columns their names, `values` what is written into them; empty where there are none
    default String insertAdopted(String table, String columns, String values) {
      return columns.isEmpty()
          ? "INSERT INTO " + table + " DEFAULT VALUES"
          : "INSERT INTO " + table + " (" + columns + ") VALUES (" + values + ")";
    }

    /// Makes a table.
    ///
    /// @param columns each with its definition
    String create(String name, Entity entity, List<String> columns);

    /// Makes and fills the full-text index, in place of one that may be there.
    List<String> search(Entity entity);

    /// The column that holds what is searched; null where an index beside the table does.
    @Nullable String searchColumn();

    /// What [#searchColumn] holds of a row.
    ///
    /// @param texts by the position of their fields
    String searched(List<String> texts);

    /// Fills the column of texts in lower case from the texts.
    String fold(Entity entity, String column, String from);

    /// A number that is 0 instead of null.
    String orZero(String number);

    /// How many rows match, told from a sample; null where the database tells otherwise.
    @Nullable Sample sample(String entity, Matching matching);

    /// The statements for a sample of a table.
    ///
    /// @param last the greatest number of a row
    /// @param sample two numbers: rows of the sample that match, and the greatest number of a row
    record Sample(Sql last, Sql sample) {}

    /// The table of a sample and what is asked of its rows.
    record Matching(Sql from, String alias, Sql condition) {}
  }
}
