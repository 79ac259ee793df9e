package engineroom.stores.mariadb;

import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.stores.mariadb.brand.Brand;
import engineroom.stores.mariadb.migrate.Columns;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.Sql;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql.Index;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tables in MariaDB's words: of its own types, because owners look into their database.
final class MariaTableWords implements Dialect.Tables {
  /// Characters of a name.
  private static final int NAME_MAX = 64;

  /// Characters of a text that stands in the row, and in an index whole.
  private static final int SHORT_MAX = 500;

  /// Characters of a longer text that an index holds.
  private static final int PREFIX = 190;

  /// Bytes of a character.
  private static final int CHARACTER = 4;

  /// Characters of what is no text, at most.
  private static final int FEW = 36;

  /// Bytes of a hash.
  private static final int HASH = 32;

  /// The type of ids that are texts, and of what refers to them.
  private static final String ID = "VARCHAR(" + SHORT_MAX + ")";

  private final Brand brand;

  MariaTableWords(Brand brand) {
    this.brand = brand;
  }

  @Override
  public String type(FieldType type, Form form, int part) {
    return switch (type) {
      case FieldType.Decimal(var precision, var scale, _, _) ->
          form instanceof Form.Scaled ? "DECIMAL(" + precision + "," + scale + ")" : plain(form, 0);
      case FieldType.Text text when brief(text) ->
          "VARCHAR(" + Math.max(1, most(text)) * (text.ignoreCase() ? 2 : 1) + ")";
      case FieldType.Reference _ -> form == Form.Simple.TEXT ? ID : plain(form, part);
      case FieldType.Choice _ -> "VARCHAR(" + PREFIX + ")";
      case FieldType.Text _,
          FieldType.Whole _,
          FieldType.Number _,
          FieldType.Plain _,
          FieldType.Money _,
          FieldType.Json _,
          FieldType.Bytes _,
          FieldType.ListOf _ ->
          plain(form, part);
    };
  }

  /// In lower case a text may be twice as long.
  private static boolean brief(FieldType.Text text) {
    return most(text) <= (text.ignoreCase() ? SHORT_MAX / 2 : SHORT_MAX);
  }

  private static int most(FieldType.Text text) {
    var max = text.max();
    return max == null ? Integer.MAX_VALUE : max;
  }

  private String plain(Form form, int part) {
    return MariaValues.type(brand, form, part);
  }

  @Override
  public String identity(Entity entity) {
    return " PRIMARY KEY";
  }

  /// References are added when all tables are there.
  @Override
  public String refers(String entity) {
    return "";
  }

  @Override
  public String asText(String column) {
    return column;
  }

  @Override
  public String named(String name) {
    return shortened(name);
  }

  static String shortened(String name) {
    return name.length() <= NAME_MAX
        ? name
        : name.substring(0, NAME_MAX - 9) + "_" + "%08x".formatted(name.hashCode());
  }

  @Override
  public String measured(Form form, String column) {
    return switch (form) {
      case Form.Simple simple when simple == Form.Simple.TEXT -> "CHAR_LENGTH(" + column + ")";
      case Form.Simple simple when simple == Form.Simple.BYTES -> "OCTET_LENGTH(" + column + ")";
      case Form _ -> column;
    };
  }

  @Override
  public String limit(Form form, String limit) {
    return form instanceof Form.Scaled(var scale)
        ? new BigDecimal(limit).movePointLeft(scale).toPlainString()
        : limit;
  }

  /// An index holds the beginning of a long text. A unique one is of hashes then.
  @Override
  public String indexed(TableNames tables, Entity entity, Index index) {
    var characters =
        index.columns().stream().mapToInt(column -> characters(tables, entity, column)).sum();
    boolean wide = CHARACTER * characters > brand.keyMax();
    var enough = index.unique() ? HASH : PREFIX;
    var parts = new ArrayList<String>();
    for (var column : index.columns()) {
      boolean cut = wide && texts(entity, column, parts.isEmpty());
      parts.add(
          unbounded(entity, column) || (cut && characters(tables, entity, column) > enough)
              ? part(index, column)
              : Sql.name(column));
    }
    return String.join(", ", parts);
  }

  private String part(Index index, String column) {
    var name = Sql.name(column);
    return index.unique() ? brand.hashed(name) : name + "(" + PREFIX + ")";
  }

  /// Characters of a column in an index; of what is no text as much as it could be in bytes.
  private static int characters(TableNames tables, Entity entity, String column) {
    return found(entity, column).map(field -> characters(tables.form(field), field)).orElse(FEW);
  }

  private static int characters(Form form, Field field) {
    return switch (field.type()) {
      case FieldType.Text text when brief(text) -> most(text) * (text.ignoreCase() ? 2 : 1);
      case FieldType.Text _ -> field.name().equals("id") ? SHORT_MAX : PREFIX;
      case FieldType.Reference _ -> form == Form.Simple.TEXT ? SHORT_MAX : FEW;
      case FieldType.Choice _ -> PREFIX;
      case FieldType.Whole _,
          FieldType.Number _,
          FieldType.Decimal _,
          FieldType.Plain _,
          FieldType.Money _,
          FieldType.Json _,
          FieldType.Bytes _,
          FieldType.ListOf _ ->
          FEW;
    };
  }

  /// Whether a column holds texts of which a part is enough: a reference stands on the whole of the
  /// first.
  private static boolean texts(Entity entity, String column, boolean first) {
    return found(entity, column)
        .map(Field::type)
        .filter(
            type ->
                type instanceof FieldType.Text
                    || type instanceof FieldType.Choice
                    || (type instanceof FieldType.Reference && !first))
        .isPresent();
  }

  private static Optional<Field> found(Entity entity, String column) {
    return entity.kept().values().stream()
        .filter(field -> column.equals(field.name()) || column.equals(folded(field)))
        .findFirst();
  }

  private static boolean unbounded(Entity entity, String column) {
    return found(entity, column).filter(MariaTableWords::unbounded).isPresent();
  }

  private static String folded(Field field) {
    return TableNames.folded(field.name());
  }

  private static boolean unbounded(Field field) {
    return switch (field.type()) {
      case FieldType.Text text -> !brief(text) && !field.name().equals("id");
      case FieldType.Json _, FieldType.Bytes _, FieldType.ListOf _ -> true;
      case FieldType.Plain plain -> plain == FieldType.Plain.SECRET;
      case FieldType.Whole _,
          FieldType.Number _,
          FieldType.Decimal _,
          FieldType.Money _,
          FieldType.Choice _,
          FieldType.Reference _ ->
          false;
    };
  }

  /// A check with a name stands behind the columns, not with its own.
  @Override
  public String create(String name, Entity entity, List<String> columns) {
    var all = new ArrayList<String>();
    var checks = new ArrayList<String>();
    for (var column : columns) {
      var parts = Columns.split(column);
      all.add(parts.getFirst().replace("\"id\" " + MariaValues.text(brand), "\"id\" " + ID));
      parts.subList(1, parts.size()).forEach(check -> checks.add(brand.check(check)));
    }
    all.addAll(checks);
    return "CREATE TABLE %s (%s) %s"
        .formatted(Sql.name(name), String.join(", ", all), brand.options());
  }

  @Override
  public @Nullable String lastNumber() {
    return brand.lastNumber();
  }

  @Override
  public List<String> search(Entity entity) {
    var table = Sql.name(WordTable.name(entity.name()));
    var drop = "DROP TABLE IF EXISTS " + table;
    if (TableNames.searched(entity).isEmpty()) {
      return List.of(drop);
    }
    return List.of(
        drop,
        """
        CREATE TABLE %s (id %s NOT NULL, place TINYINT NOT NULL, word %s NOT NULL,
          PRIMARY KEY (id, word, place), INDEX (word, place),
          FOREIGN KEY (id) REFERENCES %s ("id") ON DELETE CASCADE) %s"""
            .formatted(
                table,
                idType(entity),
                WordTable.type(brand),
                Sql.name(entity.name()),
                brand.options()));
  }

  private String idType(Entity entity) {
    return switch (entity.field("id").type()) {
      case FieldType.Whole _ -> "BIGINT";
      case FieldType.Text _ -> ID;
      case FieldType _ -> MariaValues.type(brand, Form.Simple.UUID, 0);
    };
  }

  @Override
  public @Nullable String searchColumn() {
    return null;
  }

  @Override
  public String searched(List<String> texts) {
    throw new IllegalStateException("words are in a table beside the rows");
  }

  /// Where that is not what Java makes of a text, a migration has to read the rows.
  @Override
  public String fold(Entity entity, String column, String from) {
    return "UPDATE %s SET %s = LOWER(%s)"
        .formatted(Sql.name(entity.name()), Sql.name(column), Sql.name(from));
  }

  @Override
  public String orZero(String number) {
    return "COALESCE(" + number + ", 0)";
  }

  /// The optimizer's own statistics say how many rows there are.
  @Override
  public @Nullable Sample sample(String entity, Matching matching) {
    return null;
  }
}
