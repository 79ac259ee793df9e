package engineroom.migrate;

import engineroom.expression.Expression;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.FieldType.Reference;
import engineroom.model.Model;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a database holds, as it recorded it: enough of a model to read its rows by. Each entity and
/// each field has a number that stays with it when it is renamed and is never given again.
///
/// @param next the number that the next new entity or field gets
/// @param entities by name
public record Layout(long next, Map<String, EntityLayout> entities) {
  private static final Field.Filling KEPT =
      new Field.Filling(null, null, new Field.Computed(Expression.FALSE, true), null);

  /// The layout of a database that holds nothing.
  public static final Layout EMPTY = new Layout(1, Map.of());

  public Layout {
    entities = Collections.unmodifiableMap(new LinkedHashMap<>(entities));
  }

  /// An entity, as it was recorded.
  ///
  /// @param fields by name
  /// @param checks the conditions as text, by name
  public record EntityLayout(
      long id,
      String name,
      Map<String, FieldLayout> fields,
      List<List<String>> uniques,
      List<List<String>> indexes,
      Map<String, String> checks) {
    public EntityLayout {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
      uniques = uniques.stream().map(List::copyOf).toList();
      indexes = indexes.stream().map(List::copyOf).toList();
      checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
    }

    /// The same under another name, its references following their targets.
    ///
    /// @param names the present names of entities by their former ones
    EntityLayout renamed(Map<String, String> names) {
      var followed = new LinkedHashMap<String, FieldLayout>();
      fields.values().forEach(field -> followed.put(field.name(), field.following(names)));
      var now = names.getOrDefault(name, name);
      return new EntityLayout(id, now, followed, uniques, indexes, checks);
    }

    /// As an entity of a model, open to nobody.
    Entity entity() {
      var known = new LinkedHashMap<String, Field>();
      fields.values().forEach(field -> known.put(field.name(), field.field()));
      return new Entity(
          name,
          name,
          known,
          Map.of(),
          new Entity.Keys(uniques, indexes, List.of()),
          Entity.Access.NOBODY,
          Entity.Notes.NONE);
    }
  }

  /// A field, as it was recorded.
  ///
  /// @param search whether full-text search finds it
  /// @param initial its default as text; empty where it has none
  /// @param per what the rows are counted by; null where it does not number them
  /// @param computed what it is worked out from, as text; empty where its values are given
  public record FieldLayout(
      long id,
      String name,
      FieldType type,
      boolean required,
      boolean search,
      String initial,
      @Nullable List<String> per,
      String computed) {
    /// A field whose values are given, and which numbers no rows.
    public FieldLayout(
        long id, String name, FieldType type, boolean required, boolean search, String initial) {
      this(id, name, type, required, search, initial, null, "");
    }

    /// Whether nothing is lost where its values are.
    public boolean isComputed() {
      return !computed.isEmpty();
    }

    FieldLayout following(Map<String, String> names) {
      return type instanceof Reference(var entity, var inverse, var onDelete, var owned)
          ? new FieldLayout(
              id,
              name,
              new Reference(names.getOrDefault(entity, entity), inverse, onDelete, owned),
              required,
              search,
              initial,
              per,
              computed)
          : this;
    }

    Field field() {
      var traits = new Field.Traits(false, search, false, false, false, false);
      return new Field(
          name,
          type,
          required,
          traits,
          isComputed() ? KEPT : Field.Filling.NONE,
          Field.FieldAccess.OPEN,
          Field.Notes.NONE);
    }
  }

  /// As a model, to read rows by.
  public Model model() {
    var known = new LinkedHashMap<String, Entity>();
    entities.values().forEach(entity -> known.put(entity.name(), entity.entity()));
    return new Model("", "", Map.of(), known);
  }
}
