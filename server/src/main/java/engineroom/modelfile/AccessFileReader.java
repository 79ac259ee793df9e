package engineroom.modelfile;

import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.modelfile.AccessFile.Fixture;
import engineroom.modelfile.AccessFile.Spot;
import engineroom.modelfile.AccessFile.User;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a file of access tests and names every mistake with its place.
public final class AccessFileReader {
  static final List<String> KEYS = List.of("users", "rows", "tests");
  private static final String USER = "user";

  private final Model model;
  private final Path folder;
  private final Mistakes mistakes = new Mistakes();
  private final AccessNames names;
  private final Map<String, User> users = new LinkedHashMap<>();
  private final List<Fixture> rows = new ArrayList<>();

  private AccessFileReader(Path folder, Model model) {
    this.folder = folder;
    this.model = model;
    this.names = new AccessNames(model);
  }

  /// What a file says, or every mistake in it.
  public sealed interface Reading {
    record Good(AccessFile file) implements Reading {}

    record Bad(List<Mistake> mistakes) implements Reading {}
  }

  /// Reads one file.
  ///
  /// @param folder of the app
  public static Reading read(Path folder, Path file, Model model) {
    return new AccessFileReader(folder, model).read(file);
  }

  private Reading read(Path path) {
    var part = YamlFile.read(folder, path, mistakes);
    List<AccessFile.Test> tests = new ArrayList<>();
    if (part.isPresent()) {
      var section = Section.of("The file", part.get(), new LinkedHashSet<>(KEYS), mistakes);
      section.find("users").ifPresent(this::users);
      section.find("rows").ifPresent(this::rows);
      var reader = new AccessTestReader(model, names, users.keySet(), mistakes);
      section.items("tests").forEach(test -> reader.read(test, tests));
    }
    if (!mistakes.none()) {
      return new Reading.Bad(mistakes.list());
    }
    var resolved =
        rows.stream()
            .map(
                row ->
                    new Fixture(
                        row.entity(),
                        row.name(),
                        row.id(),
                        names.resolved(row.entity(), row.values()),
                        row.places()))
            .toList();
    return new Reading.Good(new AccessFile(users, resolved, tests));
  }

  static Spot spot(Part.Place place) {
    return new Spot(place.file().toString(), place.line(), place.column());
  }

  static Json.Obj json(Part part) {
    var text = PartJson.text(part).getBytes(StandardCharsets.UTF_8);
    return JsonReader.read(text, JsonLimits.defaults()) instanceof Json.Obj object
        ? object
        : new Json.Obj(Map.of());
  }

  private void users(Part part) {
    for (var entry : Section.mapping("users", part, mistakes).entries().values()) {
      var mapping = Section.mapping("user " + entry.key(), entry.value(), mistakes);
      if (entry.key().equals("guest") || entry.key().startsWith("role:")) {
        mistakes.add(entry.place(), entry.key() + " is no name for a user.", "Choose another.");
      }
      var roles = new LinkedHashSet<String>();
      var fields = new LinkedHashMap<>(mapping.entries());
      var given = fields.remove("roles");
      if (given != null) {
        roles(given, roles);
      }
      model
          .findEntity(USER)
          .ifPresent(
              entity -> {
                var own =
                    new Part.Entry(
                        entry.key(), entry.place(), new Part.Mapping(fields, mapping.place()));
                var id = row(entity, own);
                if (id instanceof Json.Text(var text)) {
                  users.put(entry.key(), new User(entry.key(), text, roles));
                }
              });
    }
  }

  private void roles(Part.Entry given, Set<String> roles) {
    var parts = given.value() instanceof Part.Items(var items, _) ? items : List.of(given.value());
    for (var part : parts) {
      if (!(part instanceof Part.Scalar role)) {
        mistakes.add(part.place(), "A role must be a name, and is " + part.kind() + ".", null);
      } else if (!model.roles().containsKey(role.text())) {
        var known = model.roles().keySet();
        mistakes.unknown(role.place(), "There is no role " + role.text() + ".", role.text(), known);
      } else {
        roles.add(role.text());
      }
    }
  }

  private void rows(Part part) {
    for (var entry : Section.mapping("rows", part, mistakes).entries().values()) {
      var entity = entity(model, entry.key(), entry.place(), mistakes);
      if (entity == null) {
        continue;
      }
      switch (entry.value()) {
        case Part.Items(var items, _) -> items.forEach(item -> listed(entity, item));
        case Part.Mapping(var entries, _) -> entries.values().forEach(row -> row(entity, row));
        case Part.Scalar _, Part.Empty _ ->
            mistakes.add(
                entry.place(),
                "rows of " + entity.name() + " must be a list, or a mapping by names.",
                null);
      }
    }
  }

  static @Nullable Entity entity(Model model, String name, Part.Place place, Mistakes mistakes) {
    var entity = model.findEntity(name).orElse(null);
    if (entity == null) {
      mistakes.unknown(place, "There is no entity " + name + ".", name, model.entities().keySet());
    }
    return entity;
  }

  /// A row of a list is named by its first unique value.
  private void listed(Entity entity, Part item) {
    var entries = Section.mapping("a row of " + entity.name(), item, mistakes).entries();
    for (var unique : entity.keys().uniques()) {
      if (unique.size() == 1
          && entries.get(unique.getFirst()) instanceof Part.Entry(_, _, Part.Scalar value)) {
        row(entity, new Part.Entry(value.text(), item.place(), item));
        return;
      }
    }
    mistakes.add(
        item.place(),
        "This row of " + entity.name() + " has no unique value to name it by.",
        "Write the rows as a mapping: a name, and the row under it.");
  }

  private @Nullable Json row(Entity entity, Part.Entry row) {
    var mapping = Section.mapping(entity.name() + " " + row.key(), row.value(), mistakes);
    fields(entity, mapping, mistakes);
    var values = json(mapping);
    var id = names.name(entity, row.key(), values.members().get("id"));
    if (id == null) {
      mistakes.add(
          row.place(), "The ids of " + entity.plural() + " are not made here.", "Give it an id.");
      return null;
    }
    var members = new LinkedHashMap<String, Json>();
    members.put("id", id);
    members.putAll(values.members());
    var places = new LinkedHashMap<String, Spot>();
    places.put("", spot(row.place()));
    mapping.entries().forEach((name, entry) -> places.put(name, spot(entry.value().place())));
    rows.add(new Fixture(entity.name(), row.key(), id, new Json.Obj(members), places));
    return id;
  }

  /// Names fields that are not there.
  static void fields(Entity entity, Part.Mapping mapping, Mistakes mistakes) {
    mapping.entries().values().stream()
        .filter(entry -> entity.findField(entry.key()).isEmpty())
        .forEach(
            entry ->
                mistakes.unknown(
                    entry.place(),
                    entity.name() + "." + entry.key() + " does not exist.",
                    entry.key(),
                    entity.fields().keySet()));
  }
}
