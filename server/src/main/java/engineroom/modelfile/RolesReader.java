package engineroom.modelfile;

import engineroom.expression.Expression;
import engineroom.expression.Expression.Get;
import engineroom.expression.Rewrite;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.RoleTerms;
import engineroom.operation.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the roles: what each includes, who has it by themselves, and what it administers.
final class RolesReader {
  private final Mistakes mistakes;
  private final Map<String, Section> sections = new LinkedHashMap<>();
  private final Map<String, Set<String>> included;

  RolesReader(Section top, Mistakes mistakes) {
    this.mistakes = mistakes;
    included = read(top);
  }

  /// What the fields that hold names of roles may hold: values, and what former ones are now.
  ///
  /// @param field as it was declared
  Part.Mapping naming(Part.Mapping field) {
    var names = new ArrayList<Part>();
    var former = new LinkedHashMap<String, Part.Entry>();
    var options = new LinkedHashMap<>(field.entries());
    for (var role : included.keySet()) {
      names.add(scalar(role, field.place()));
      var was = sections.containsKey(role) ? sections.get(role).find("was").orElse(null) : null;
      if (was instanceof Part.Scalar old) {
        former.put(old.text(), new Part.Entry(old.text(), old.place(), scalar(role, old.place())));
      }
    }
    put(options, "values", new Part.Items(names, field.place()));
    put(options, "wasValues", new Part.Mapping(former, field.place()));
    return new Part.Mapping(options, field.place());
  }

  private static Part.Scalar scalar(String text, Part.Place place) {
    return new Part.Scalar(text, "str", _ -> place, place);
  }

  private static void put(Map<String, Part.Entry> options, String key, Part value) {
    options.put(key, new Part.Entry(key, value.place(), value));
  }

  /// Each role with all that it includes.
  Map<String, Set<String>> included() {
    return included;
  }

  private Map<String, Set<String>> read(Section top) {
    var direct = new LinkedHashMap<String, List<Part.Scalar>>();
    top.find("roles")
        .map(part -> Section.mapping("roles", part, mistakes))
        .ifPresent(
            roles ->
                roles.entries().values().forEach(entry -> direct.put(entry.key(), role(entry))));
    direct.putIfAbsent(Caller.ADMINISTRATOR_ROLE, List.of());
    direct.forEach((role, included) -> included.forEach(one -> known(role, one, direct.keySet())));
    var all = new LinkedHashMap<String, Set<String>>();
    direct.keySet().forEach(role -> all.put(role, included(role, direct, new LinkedHashSet<>())));
    direct.forEach((role, included) -> included.forEach(one -> circle(role, one, all)));
    return all;
  }

  private void circle(String role, Part.Scalar included, Map<String, Set<String>> all) {
    var back = all.getOrDefault(included.text(), Set.of());
    if (!included.text().equals(role) && back.contains(role)) {
      mistakes.add(
          included.place(),
          "The roles " + role + " and " + included.text() + " include each other.",
          "Let only one include the other.");
    }
  }

  private List<Part.Scalar> role(Part.Entry entry) {
    if (!Words.NAME.matcher(entry.key()).matches()) {
      mistakes.add(
          entry.place(),
          entry.key() + " can't be the name of a role.",
          "Begin with a small letter; letters and digits follow.");
    }
    if (entry.key().equals(Caller.ADMINISTRATOR_ROLE)) {
      mistakes.add(
          entry.place(),
          "The role " + entry.key() + " is built in: it has every right.",
          "Leave it out, or choose another name.");
    }
    var section =
        Section.of("The role " + entry.key(), entry.value(), Options.names(Options.ROLE), mistakes);
    sections.put(entry.key(), section);
    return section.texts("includes");
  }

  private void known(String role, Part.Scalar included, Set<String> roles) {
    if (included.text().equals(role)) {
      mistakes.add(included.place(), "The role " + role + " includes itself.", "Leave it out.");
    } else if (!roles.contains(included.text())) {
      mistakes.unknown(
          included.place(), "There is no role " + included.text() + ".", included.text(), roles);
    }
  }

  private static Set<String> included(
      String role, Map<String, List<Part.Scalar>> direct, Set<String> all) {
    if (all.add(role)) {
      direct.getOrDefault(role, List.of()).forEach(one -> included(one.text(), direct, all));
    }
    return all;
  }

  /// The terms of the roles that have some, once all entities are known.
  Map<String, RoleTerms> terms(Map<String, Entity> entities, RuleReader rules) {
    var terms = new LinkedHashMap<String, RoleTerms>();
    sections.forEach(
        (role, section) -> {
          if (section.has("when") || section.has("administers")) {
            var when = when(role, section, entities.get(BuiltIn.USER), rules);
            terms.put(role, new RoleTerms(when, administers(role, section, entities.keySet())));
          }
        });
    return terms;
  }

  private @Nullable Expression when(
      String role, Section section, @Nullable Entity user, RuleReader rules) {
    var part = section.find("when").orElse(null);
    if (part == null) {
      return null;
    }
    var name = "The role " + role + ": when";
    var when = rules.ownCondition(name, part, BuiltIn.USER);
    fields(when)
        .distinct()
        .filter(field -> user != null && user.findField(field).filter(RolesReader::own).isPresent())
        .forEach(
            field ->
                mistakes.add(
                    part.place(),
                    name + " asks for user." + field + ", which users write themselves.",
                    "Write readOnly: true in the field, or a rule under access.fields."));
    return when;
  }

  private static boolean own(Field field) {
    return !field.traits().readOnly()
        && !field.traits().hidden()
        && !field.traits().internal()
        && !Entity.SYSTEM.contains(field.name())
        && field.filling().preset() == null
        && field.access().write().equals(Expression.TRUE);
  }

  private static Stream<String> fields(Expression expression) {
    var inner = Rewrite.children(expression).stream().flatMap(RolesReader::fields);
    return expression instanceof Get(_, var name, _)
        ? Stream.concat(Stream.of(name), inner)
        : inner;
  }

  private Set<String> administers(String role, Section section, Set<String> entities) {
    var administered = new LinkedHashSet<String>();
    for (var entity : section.texts("administers")) {
      if (BuiltIn.NAMES.contains(entity.text())) {
        mistakes.add(
            entity.place(),
            "The role " + role + " can't administer " + entity.text() + ".",
            "Accounts decide who has which rights: give the role administrator.");
      } else if (!entities.contains(entity.text())) {
        mistakes.undeclared(
            entity.place(),
            "The role " + role + ": " + entity.text() + " does not exist.",
            entity.text(),
            entities);
      } else {
        administered.add(entity.text());
      }
    }
    return administered;
  }
}
