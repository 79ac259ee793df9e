package engineroom.model;

import engineroom.data.Type;
import engineroom.expression.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the names of an expression mean in a model, as far as its writer may know them.
///
/// @param about the entity whose fields plain names are; null where there is no row
/// @param known whether a field or list of an entity may be named
/// @param use where the expression stands
public record ModelScope(
    Map<String, Entity> entities,
    Set<String> roles,
    @Nullable String about,
    BiPredicate<String, String> known,
    Use use)
    implements Scope {

  /// Where an expression stands, and so what it may name besides fields.
  public enum Use {
    /// A rule for reading, or a value decided by the model: facts.
    RULE,
    /// A rule for changing, or a check: facts, and the row before.
    CHANGE,
    /// A request's filter: facts, and arguments.
    REQUEST
  }

  /// A scope for the model's own expressions, which may name everything.
  public static ModelScope of(Model model, @Nullable String about, Use use) {
    return new ModelScope(
        model.entities(), model.roles().keySet(), about, (entity, name) -> true, use);
  }

  @Override
  public Optional<String> entity() {
    return Optional.ofNullable(about);
  }

  @Override
  public Optional<Member> member(String entity, String name) {
    var found = entities.get(entity);
    if (found == null || !known.test(entity, name)) {
      return Optional.empty();
    }
    var list = found.findList(name);
    if (list.isPresent()) {
      return Optional.of(new Member(new Type.RowsOf(list.get().entity()), false));
    }
    return found
        .findField(name)
        .filter(field -> !field.secret())
        .map(field -> new Member(field.type().type(), ignoresCase(field)));
  }

  private static boolean ignoresCase(Field field) {
    return field.type() instanceof FieldType.Text text && text.ignoreCase();
  }

  @Override
  public Collection<String> members(String entity) {
    var found = entities.get(entity);
    if (found == null) {
      return List.of();
    }
    return Stream.concat(
            found.fields().values().stream().filter(f -> !f.secret()).map(Field::name),
            found.lists().keySet().stream())
        .filter(name -> known.test(entity, name))
        .toList();
  }

  @Override
  public boolean old() {
    return use == Use.CHANGE;
  }

  @Override
  public boolean virtual(String entity, String field) {
    var found = entities.get(entity);
    return found != null && found.virtual(field) != null;
  }

  @Override
  public boolean facts() {
    return true;
  }

  @Override
  public boolean arguments() {
    return use == Use.REQUEST;
  }
}
