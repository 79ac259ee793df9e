package engineroom.modelfile;

import engineroom.model.Entity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The entities that the program brings along, written in the model language. The owner may declare
/// `user` too: its fields, rules, uniques, indexes and checks come to those of ours.
final class BuiltIn {
  static final String USER = "user";

  /// What marks a field or an entity as the program's own.
  static final String INTERNAL = "internal";

  /// All of them.
  static final Set<String> NAMES =
      Set.of(
          USER,
          "session",
          "identity",
          "apiKey",
          "invitation",
          "accountTicket",
          "signingKey",
          "mailMessage",
          "auditEntry",
          "auditCheckpoint",
          "auditHead",
          "usedLimit",
          "attempt");

  private static final List<String> FILES = List.of("accounts", "mail", "audit", "throttle");
  private static final String FOLDER = "(built in)";

  /// What is merged key by key.
  private static final Set<String> MAPPINGS = Set.of("fields", "access");

  /// What both may have some of.
  private static final Set<String> LISTS = Set.of("unique", "indexes", "checks");

  /// The field of users and invitations that holds names of roles.
  private static final String ROLES = "roles";

  private final Mistakes mistakes;
  private final RolesReader roles;

  BuiltIn(RolesReader roles, Mistakes mistakes) {
    this.mistakes = mistakes;
    this.roles = roles;
  }

  /// Whether a part stands in a file of ours.
  static boolean wrote(Part.Place place) {
    return place.file().startsWith(FOLDER);
  }

  /// What holds for an entity without rules: administrators alone use it, unless it is ours.
  static Entity.Access accessWithoutRules(Section entity) {
    if (entity.find(INTERNAL).orElse(null) instanceof Part.Scalar(var text, _, _, _)
        && text.equals("writes")) {
      return Entity.Access.ADMINISTRATORS_READ;
    }
    return entity.yes(INTERNAL) ? Entity.Access.PROGRAM : Entity.Access.NOBODY;
  }

  /// Adds our entities to the owner's.
  void addTo(Map<String, Part.Entry> entries) {
    for (var file : FILES) {
      if (read(file) instanceof Part.Mapping(var ours, _)) {
        ours.values().forEach(entry -> add(named(entry), entries));
      }
    }
  }

  private static Part read(String name) {
    var resource = "/engineroom/builtin/" + name + ".yaml";
    try (var in = BuiltIn.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing");
      }
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return YamlFile.ours(Path.of(FOLDER, name + ".yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// With the model's roles as the values of a field that holds some.
  private Part.Entry named(Part.Entry entity) {
    return inside(entity, "fields", fields -> inside(fields, ROLES, this::naming));
  }

  private Part.Entry naming(Part.Entry field) {
    return field.value() instanceof Part.Mapping options
            && options.entries().get("type")
                instanceof Part.Entry(_, _, Part.Scalar(var type, _, _, _))
            && type.startsWith("enum")
        ? new Part.Entry(field.key(), field.place(), roles.naming(options))
        : field;
  }

  /// An entry in which one entry of its value is another.
  private static Part.Entry inside(Part.Entry entry, String key, UnaryOperator<Part.Entry> change) {
    var entries = entries(entry.value());
    if (!entries.containsKey(key)) {
      return entry;
    }
    var changed = new LinkedHashMap<>(entries);
    changed.computeIfPresent(key, (_, inner) -> change.apply(inner));
    var place = entry.value().place();
    return new Part.Entry(entry.key(), entry.place(), new Part.Mapping(changed, place));
  }

  private void add(Part.Entry ours, Map<String, Part.Entry> entries) {
    var theirs = entries.get(ours.key());
    if (theirs == null) {
      entries.put(ours.key(), ours);
      return;
    }
    if (!ours.key().equals(USER)) {
      mistakes.add(
          theirs.place(),
          "The entity " + ours.key() + " is built in.",
          "Choose another name; only user takes more fields.");
      entries.put(ours.key(), ours);
      return;
    }
    if (theirs.value() instanceof Part.Mapping || theirs.value() instanceof Part.Empty) {
      entries.put(USER, new Part.Entry(USER, theirs.place(), merged(ours, theirs)));
    }
  }

  private Part merged(Part.Entry ours, Part.Entry theirs) {
    var merged = new LinkedHashMap<>(entries(ours.value()));
    entries(theirs.value())
        .forEach((key, option) -> merged.merge(key, option, (one, other) -> both(key, one, other)));
    return new Part.Mapping(merged, theirs.value().place());
  }

  private Part.Entry both(String key, Part.Entry ours, Part.Entry theirs) {
    if (MAPPINGS.contains(key) && theirs.value() instanceof Part.Mapping(var added, var place)) {
      var merged = new LinkedHashMap<>(entries(ours.value()));
      added.forEach((name, entry) -> merged.merge(name, entry, this::redeclared));
      return new Part.Entry(key, theirs.place(), new Part.Mapping(merged, place));
    }
    if (LISTS.contains(key) && theirs.value() instanceof Part.Items(var added, var place)) {
      var all = new ArrayList<Part>();
      if (ours.value() instanceof Part.Items(var first, _)) {
        all.addAll(first);
      }
      all.addAll(added);
      return new Part.Entry(key, theirs.place(), new Part.Items(all, place));
    }
    return theirs;
  }

  /// A field or rule that both have: the owner's, unless the program relies on its own.
  private Part.Entry redeclared(Part.Entry ours, Part.Entry theirs) {
    boolean relied =
        ours.value() instanceof Part.Mapping(var options, _)
            && (options.containsKey("readOnly") || options.containsKey(INTERNAL));
    if (relied) {
      mistakes.add(
          theirs.place(),
          "user." + theirs.key() + " is built in.",
          "Leave it out: accounts rely on it as it is.");
      return ours;
    }
    if (ours.key().equals("fields")) {
      return both("fields", ours, theirs);
    }
    return theirs;
  }

  private static Map<String, Part.Entry> entries(@Nullable Part part) {
    return part instanceof Part.Mapping(var entries, _) ? entries : Map.of();
  }
}
