package engineroom.modelfile;

import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.modelfile.AccessFile.Expected;
import engineroom.modelfile.AccessFile.Shown;
import engineroom.modelfile.AccessFile.Test;
import engineroom.modelfile.AccessFile.Wish;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the tests of a file of access tests.
final class AccessTestReader {
  static final List<String> KEYS = List.of("name", "as", "sees", "shows", "hides", "may", "mayNot");
  private static final Set<String> VERBS = Set.of("read", "create", "update", "delete");
  private static final String WAY =
      "Write read, update or delete, an entity and a row: read product pen; or create, an entity"
          + " and its values: create product: { name: Pen }.";

  private final Model model;
  private final AccessNames names;
  private final Set<String> users;
  private final Mistakes mistakes;

  AccessTestReader(Model model, AccessNames names, Set<String> users, Mistakes mistakes) {
    this.model = model;
    this.names = names;
    this.users = users;
    this.mistakes = mistakes;
  }

  void read(Part part, List<Test> tests) {
    var section = Section.of("A test", part, new LinkedHashSet<>(KEYS), mistakes);
    var as = section.text("as");
    var name = section.text("name");
    if (as == null || name == null) {
      mistakes.add(
          section.place(),
          "A test needs a name, and as: who asks.",
          "Write as: guest, as: role:<name>, or the name of a user of this file.");
      return;
    }
    caller(as, section.place("as"));
    var expected = new ArrayList<Expected>();
    section.find("sees").ifPresent(sees -> sees(sees, expected));
    section.find("shows").ifPresent(shows -> fields(shows, Shown.YES, expected));
    section.find("hides").ifPresent(hides -> fields(hides, Shown.NO, expected));
    section.items("may").forEach(step -> does(step, Wish.MAY, expected));
    section.items("mayNot").forEach(step -> does(step, Wish.MAY_NOT, expected));
    if (expected.isEmpty() && mistakes.none()) {
      mistakes.add(
          section.place(), "This test expects nothing.", "Add sees, shows, hides, may or mayNot.");
    }
    tests.add(new Test(name, as, AccessFileReader.spot(section.place()), expected));
  }

  private void caller(String as, Part.Place place) {
    if (as.equals("guest") || users.contains(as)) {
      return;
    }
    if (as.startsWith("role:")) {
      var role = as.substring("role:".length());
      if (!model.roles().containsKey(role)) {
        mistakes.unknown(place, "There is no role " + role + ".", role, model.roles().keySet());
      }
      return;
    }
    var known = new LinkedHashSet<>(users);
    known.add("guest");
    mistakes.unknown(place, "There is no user " + as + " in this file.", as, known);
  }

  private void sees(Part part, List<Expected> expected) {
    for (var entry : Section.mapping("sees", part, mistakes).entries().values()) {
      var entity = AccessFileReader.entity(model, entry.key(), entry.place(), mistakes);
      if (entity != null) {
        var known = names.of(entity.name());
        var seen = new LinkedHashSet<String>();
        if (entry.value() instanceof Part.Scalar all && all.text().equals("all")) {
          seen.addAll(known.keySet());
        } else {
          texts(entry).forEach(row -> row(entity, row.text(), row.place(), seen));
        }
        expected.add(new Expected.Sees("sees: " + entity.name(), entity.name(), seen));
      }
    }
  }

  private List<Part.Scalar> texts(Part.Entry entry) {
    var parts = entry.value() instanceof Part.Items(var items, _) ? items : List.of(entry.value());
    var texts = new ArrayList<Part.Scalar>();
    for (var part : parts) {
      if (part instanceof Part.Scalar text) {
        texts.add(text);
      } else {
        mistakes.add(part.place(), "Here should be a name, and this is " + part.kind() + ".", null);
      }
    }
    return texts;
  }

  private void row(Entity entity, String name, Part.Place place, Set<String> seen) {
    var known = names.of(entity.name());
    if (!known.containsKey(name)) {
      mistakes.unknown(
          place, "rows has no " + entity.name() + " " + name + ".", name, known.keySet());
    }
    seen.add(name);
  }

  private void fields(Part part, Shown shown, List<Expected> expected) {
    var word = shown == Shown.YES ? "shows" : "hides";
    for (var entry : Section.mapping(word, part, mistakes).entries().values()) {
      var entity = AccessFileReader.entity(model, entry.key(), entry.place(), mistakes);
      if (entity == null) {
        continue;
      }
      var fields = new ArrayList<String>();
      for (var field : texts(entry)) {
        if (entity.findField(field.text()).isEmpty()) {
          mistakes.unknown(
              field.place(),
              entity.name() + "." + field.text() + " does not exist.",
              field.text(),
              entity.fields().keySet());
        }
        fields.add(field.text());
      }
      expected.add(new Expected.Fields(word + ": " + entity.name(), entity.name(), fields, shown));
    }
  }

  private void does(Part part, Wish wish, List<Expected> expected) {
    switch (part) {
      case Part.Scalar text -> does(text.text(), text.place(), none(text.place()), wish, expected);
      case Part.Mapping(var entries, var place) when entries.size() == 1 -> {
        var only = entries.values().iterator().next();
        var values = Section.mapping(only.key(), only.value(), mistakes);
        does(only.key(), place, values, wish, expected);
      }
      case Part.Mapping _, Part.Items _, Part.Empty _ ->
          mistakes.add(part.place(), "This says nothing that may be done.", WAY);
    }
  }

  private static Part.Mapping none(Part.Place place) {
    return new Part.Mapping(Map.of(), place);
  }

  private void does(
      String text, Part.Place place, Part.Mapping values, Wish wish, List<Expected> expected) {
    var words = text.strip().split("\\s+", 3);
    boolean creates = words[0].equals("create");
    if (!VERBS.contains(words[0]) || words.length != (creates ? 2 : 3)) {
      mistakes.add(place, text + " is nothing that may be done.", WAY);
      return;
    }
    var entity = AccessFileReader.entity(model, words[1], place, mistakes);
    if (entity == null) {
      return;
    }
    AccessFileReader.fields(entity, values, mistakes);
    if (!creates) {
      row(entity, words[2], place, new LinkedHashSet<>());
    }
    var id = creates ? null : names.of(entity.name()).get(words[2]);
    var sent = names.resolved(entity.name(), AccessFileReader.json(values));
    var said = (wish == Wish.MAY ? "may: " : "mayNot: ") + text;
    expected.add(
        new Expected.Does(
            said, wish, words[0], entity.name(), id == null ? Json.Null.NULL : id, sent));
  }
}
