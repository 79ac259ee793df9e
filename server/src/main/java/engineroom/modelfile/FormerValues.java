package engineroom.modelfile;

import engineroom.model.FieldType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the former values of an enum: what each of them is called now.
final class FormerValues {
  private static final String OPTION = "wasValues";

  private final String name;
  private final FieldReader.Draft draft;
  private final Mistakes mistakes;

  FormerValues(String name, FieldReader.Draft draft, Mistakes mistakes) {
    this.name = name;
    this.draft = draft;
    this.mistakes = mistakes;
  }

  Map<String, String> read() {
    var part = draft.options().find(OPTION).orElse(null);
    var type = draft.type() instanceof FieldType.ListOf(var element) ? element : draft.type();
    if (part == null || !(type instanceof FieldType.Choice(var values))) {
      return Map.of();
    }
    var former = new LinkedHashMap<String, String>();
    for (var entry : Section.mapping(name + ": " + OPTION, part, mistakes).entries().values()) {
      if (entry.value() instanceof Part.Scalar now) {
        check(entry, now, values);
        former.put(entry.key(), now.text());
      } else {
        mistakes.add(
            entry.value().place(),
            name + ": " + entry.key() + " must become one value.",
            "Write wasValues: { old: new }.");
      }
    }
    return former;
  }

  private void check(Part.Entry entry, Part.Scalar now, List<String> values) {
    if (!values.contains(now.text())) {
      mistakes.unknown(
          now.place(), name + ": " + now.text() + " is none of its values.", now.text(), values);
    }
    if (values.contains(entry.key())) {
      mistakes.add(
          entry.place(),
          name + ": " + entry.key() + " is still a value, so it became no other.",
          "Leave it out of wasValues, or of values.");
    }
  }
}
