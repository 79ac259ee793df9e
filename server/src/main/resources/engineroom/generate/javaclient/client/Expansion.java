package {{package}}.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * How a reference or a list is shown.
 *
 * @param <E> the rows of the entity that has it
 */
public final class Expansion<E> implements Expandable<E> {
  private final String name;
  private final Json.Object options;
  private final List<Expansion<?>> inner;

  private Expansion(String name, Json.Object options, List<Expansion<?>> inner) {
    this.name = name;
    this.options = options;
    this.inner = List.copyOf(inner);
  }

  static <E> Expansion<E> of(String name) {
    return new Expansion<>(name, Json.EMPTY, List.of());
  }

  @Override
  public Expansion<E> expansion() {
    return this;
  }

  private Expansion<E> with(String option, Json value) {
    return new Expansion<>(name, options.with(option, value), inner);
  }

  Expansion<E> within(Expandable<?>[] more) {
    var all = new ArrayList<>(inner);
    for (var one : more) {
      all.add(one.expansion());
    }
    return new Expansion<>(name, options, all);
  }

  Expansion<E> only(Field<?>[] shown) {
    return with("fields", Json.of(Shown.names(shown).stream().map(Json::of).toList()));
  }

  Expansion<E> sorted(List<String> keys) {
    return with("sort", Json.of(keys.stream().map(Json::of).toList()));
  }

  Expansion<E> filtered(Json.Object condition) {
    return with("where", condition);
  }

  /** So many rows of a list are shown. */
  public Expansion<E> limit(int rows) {
    return with("limit", Json.of(rows));
  }

  /** As the body of a question has expansions. */
  static Json json(List<? extends Expansion<?>> all) {
    var members = new LinkedHashMap<String, Json>();
    for (var one : all) {
      var told = one.inner.isEmpty() ? one.options : one.options.with("expand", json(one.inner));
      members.put(one.name, told.members().isEmpty() ? Json.of(true) : told);
    }
    return new Json.Object(members);
  }

  /** As parameters have them: paths to expand, and the fields that are shown of them. */
  static void add(
      List<? extends Expansion<?>> all,
      String before,
      List<String> paths,
      List<String> fields,
      Parameters to) {
    for (var one : all) {
      var path = before + one.name;
      paths.add(path);
      one.options.at("fields").elements().forEach(field -> fields.add(path + "." + field.text()));
      if (one.options.at("limit") instanceof Json.Number limit) {
        to.add("expand." + path + ".limit", limit.value());
      }
      var keys = one.options.at("sort").elements().stream().map(Json::text).toList();
      to.addAll("expand." + path + ".sort", keys);
      if (one.options.members().containsKey("where")) {
        throw new IllegalArgumentException(
            path + " has a condition, which questions for many rows take and nothing else.");
      }
      add(one.inner, path + ".", paths, fields, to);
    }
  }
}
