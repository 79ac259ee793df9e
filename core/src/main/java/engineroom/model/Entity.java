package engineroom.model;

import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Rewrite;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One kind of row.
///
/// @param plural its name in paths
/// @param fields by name: `id`, `version`, `createdAt`, `updatedAt`, then the owner's, in their
///   order
/// @param lists the inverse lists by name
/// @param keys what must be unique, what is indexed, what must hold
/// @param life what becomes of the rows in the course of time
/// @param adopted where the rows stand that somebody else's table holds; null where the program's
///   own does
public record Entity(
    String name,
    String plural,
    Map<String, Field> fields,
    Map<String, InverseList> lists,
    Keys keys,
    Life life,
    Access access,
    Notes notes,
    @Nullable Adopted adopted) {

  /// The fields that every entity has and no caller writes (an id may be given on creation).
  public static final Set<String> SYSTEM = Set.of("id", "version", "createdAt", "updatedAt");

  public Entity {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    lists = Collections.unmodifiableMap(new LinkedHashMap<>(lists));
  }

  /// An entity whose rows come, change and go.
  public Entity(
      String name,
      String plural,
      Map<String, Field> fields,
      Map<String, InverseList> lists,
      Keys keys,
      Access access,
      Notes notes) {
    this(name, plural, fields, lists, keys, Life.USUAL, access, notes, null);
  }

  /// An entity whose rows the program's own table holds.
  public Entity(
      String name,
      String plural,
      Map<String, Field> fields,
      Map<String, InverseList> lists,
      Keys keys,
      Life life,
      Access access,
      Notes notes) {
    this(name, plural, fields, lists, keys, life, access, notes, null);
  }

  /// Uniques (those of single fields included) and indexes, each a list of field names, and checks.
  ///
  /// @param id the fields that the id is made of; empty where it is a value of its own
  public record Keys(
      List<List<String>> uniques, List<List<String>> indexes, List<Check> checks, List<String> id) {
    public static final Keys NONE = new Keys(List.of(), List.of(), List.of());

    public Keys {
      uniques = uniques.stream().map(List::copyOf).toList();
      indexes = indexes.stream().map(List::copyOf).toList();
      checks = List.copyOf(checks);
      id = List.copyOf(id);
    }

    public Keys(List<List<String>> uniques, List<List<String>> indexes, List<Check> checks) {
      this(uniques, indexes, checks, List.of());
    }
  }

  /// The other side of a reference: the rows that refer to this one.
  ///
  /// @param entity of the rows
  /// @param field the reference in them
  /// @param owned the rows are part of this one
  public record InverseList(String name, String entity, String field, boolean owned) {}

  /// A condition that every row meets.
  ///
  /// @param message what a caller is told; continues "product: "
  public record Check(String name, Expression condition, String message) {}

  /// Who may do what; false where the owner said nothing.
  ///
  /// @param whose the rows are
  public record Access(
      Expression read, Expression create, Expression update, Expression delete, Whose whose) {
    public static final Access NOBODY = nobody(Whose.OWNER);
    public static final Access EVERYBODY =
        new Access(Expression.TRUE, Expression.TRUE, Expression.TRUE, Expression.TRUE);
    public static final Access PROGRAM = nobody(Whose.PROGRAM);
    public static final Access ADMINISTRATORS_READ = nobody(Whose.READ_BY_ADMINISTRATORS);

    /// Who is above the rules.
    public enum Whose {
      /// Administrators read and write.
      OWNER,
      /// Administrators read; only the program writes.
      READ_BY_ADMINISTRATORS,
      /// The program's own: administrators don't know of them either.
      PROGRAM
    }

    /// Rules of the owner's.
    public Access(Expression read, Expression create, Expression update, Expression delete) {
      this(read, create, update, delete, Whose.OWNER);
    }

    private static Access nobody(Whose whose) {
      return new Access(
          Expression.FALSE, Expression.FALSE, Expression.FALSE, Expression.FALSE, whose);
    }
  }

  /// Texts for people, the former name, and how the change log is kept.
  ///
  /// @param label the field that shows a row in lists and pickers
  /// @param changes whether changes go to the change log
  public record Notes(
      @Nullable String description, @Nullable String label, @Nullable String was, boolean changes) {
    public static final Notes NONE = new Notes(null, null, null, true);
  }

  /// The field of this name, or nothing.
  public Optional<Field> findField(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /// The field of this name, which must exist.
  public Field field(String name) {
    return findField(name)
        .orElseThrow(
            () -> new IllegalArgumentException(this.name + "." + name + " does not exist"));
  }

  /// The fields whose values rows hold, in order: all but the virtual ones.
  public Map<String, Field> kept() {
    var kept = new LinkedHashMap<>(fields);
    kept.values().removeIf(Field::virtual);
    return kept;
  }

  /// The fields that the id is made of; empty where it is a value of its own. In a table of the
  /// program's own it has a column all the same.
  public List<String> idParts() {
    return adopted == null ? keys.id() : adopted.key();
  }

  /// Whether rows may be written at all.
  public boolean readOnly() {
    return adopted != null && adopted.writes() == Adopted.Writes.REFUSED;
  }

  /// Whether a condition on this entity's rows mentions a field of theirs whose value follows from
  /// others, and so is not settled before all of them are.
  public boolean mentionsComputed(Expression condition) {
    return (condition instanceof Expression.Get(Expression.Variable _, var field, _)
            && findField(field).map(Field::computed).orElse(false))
        || Rewrite.children(condition).stream().anyMatch(this::mentionsComputed);
  }

  /// What a virtual field of this name is worked out from; null where there is none.
  public @Nullable Expression virtual(String name) {
    var field = fields.get(name);
    var computed = field == null ? null : field.filling().computed();
    return computed == null || computed.stored() ? null : computed.value();
  }

  /// The inverse list of this name, or nothing.
  public Optional<InverseList> findList(String name) {
    return Optional.ofNullable(lists.get(name));
  }

  /// What `row` stands for in expressions about this entity.
  public Expression.Variable row() {
    return new Expression.Variable(Expression.Variable.ROW, new Type.RowOf(name));
  }

  /// The value of a field in expressions about this entity.
  public Expression get(String field) {
    return new Expression.Get(row(), field, field(field).type().type());
  }
}
