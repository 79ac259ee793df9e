package engineroom.generate;

import engineroom.door.graphql.schema.Sight;
import engineroom.expression.Expression;
import engineroom.model.Entity;
import engineroom.model.Entity.InverseList;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What of a model a client knows: all that some caller may use. What only administrators may do is
/// left out, so that nobody is led to it.
public record Surface(Model model) {

  /// The entities whose rows are the app's.
  public Collection<Entity> entities() {
    return model.entities().values().stream().filter(this::has).toList();
  }

  private boolean has(Entity entity) {
    return entity.access().whose() == Entity.Access.Whose.OWNER;
  }

  /// Whether rows of an entity of this name are the app's.
  public boolean has(String entity) {
    return has(model.entity(entity));
  }

  /// The fields that answers show.
  public List<Field> shown(Entity entity) {
    return entity.fields().values().stream()
        .filter(field -> !field.secret() && !closed(field))
        .toList();
  }

  private static boolean closed(Field field) {
    return field.traits().internal() || field.traits().hidden();
  }

  /// Whether every caller who sees the row sees the field.
  public static boolean always(Field field) {
    return field.access().read().equals(Expression.TRUE);
  }

  /// Whether every caller sees every row.
  public static boolean all(Entity entity) {
    return entity.access().read().equals(Expression.TRUE);
  }

  /// The fields that a new row takes.
  public List<Field> given(Entity entity) {
    return entity.fields().values().stream().filter(Surface::given).toList();
  }

  private static boolean given(Field field) {
    return !closed(field)
        && !field.computed()
        && !Entity.SYSTEM.contains(field.name())
        && !field.traits().readOnly()
        && field.filling().preset() == null
        && field.filling().sequence() == null;
  }

  /// The fields that a change takes.
  public List<Field> changed(Entity entity) {
    return given(entity).stream().filter(field -> !field.traits().writeOnce()).toList();
  }

  /// Whether a new row must have a value of the field.
  public static boolean needed(Field field) {
    boolean derived = field.type() instanceof FieldType.Text text && text.slugFrom() != null;
    return field.required() && field.filling().initial() == null && !derived;
  }

  /// The lists whose rows are the app's.
  public List<InverseList> lists(Entity entity) {
    return entity.lists().values().stream()
        .filter(list -> has(list.entity()) && !closed(reference(list)))
        .toList();
  }

  /// The lists that are written together with the row they belong to.
  public List<InverseList> written(Entity entity) {
    return lists(entity).stream().filter(list -> given(reference(list))).toList();
  }

  /// The reference in the rows of a list.
  public Field reference(InverseList list) {
    return model.entity(list.entity()).field(list.field());
  }

  /// What a caller with every right that the model gives may do at the GraphQL door.
  public Sight sight() {
    return new Everybody(this);
  }

  private record Everybody(Surface surface) implements Sight {
    private Entity entity(String name) {
      return surface.model.entity(name);
    }

    @Override
    public Set<String> readable(String entity) {
      if (!surface.has(entity)) {
        return Set.of();
      }
      var names = new LinkedHashSet<String>();
      surface.shown(entity(entity)).forEach(field -> names.add(field.name()));
      surface.lists(entity(entity)).forEach(list -> names.add(list.name()));
      return names;
    }

    @Override
    public Set<String> writable(String entity) {
      var names = new LinkedHashSet<String>();
      surface.given(entity(entity)).forEach(field -> names.add(field.name()));
      return surface.has(entity) ? names : Set.of();
    }

    @Override
    public boolean creates(String entity) {
      return surface.has(entity);
    }

    @Override
    public boolean updates(String entity) {
      return surface.has(entity) && !entity(entity).life().appendOnly();
    }

    @Override
    public boolean deletes(String entity) {
      return updates(entity);
    }

    @Override
    public boolean all(String entity) {
      return Surface.all(entity(entity));
    }

    @Override
    public boolean always(String entity, String field) {
      return Surface.always(entity(entity).field(field));
    }
  }
}
