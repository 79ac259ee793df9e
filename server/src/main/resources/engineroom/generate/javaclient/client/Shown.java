package {{package}}.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What of a row answers show: all of its fields where none is named. */
record Shown(List<String> fields, List<Expansion<?>> expansions) {
  static final Shown ALL = new Shown(List.of(), List.of());

  /** The names of fields; the id goes with every row. */
  static List<String> names(Field<?>[] fields) {
    return Stream.concat(Stream.of("id"), Stream.of(fields).map(Field::name)).distinct().toList();
  }

  Shown only(Field<?>[] shown) {
    return new Shown(names(shown), expansions);
  }

  Shown with(Expandable<?>[] more) {
    var all = new ArrayList<>(expansions);
    for (var one : more) {
      all.add(one.expansion());
    }
    return new Shown(fields, all);
  }

  /** As the body of a question has it. */
  Json.Object in(Json.Object question) {
    var with =
        fields.isEmpty()
            ? question
            : question.with("fields", Json.of(fields.stream().map(Json::of).toList()));
    return expansions.isEmpty() ? with : with.with("expand", Expansion.json(expansions));
  }

  /** The fields alone, as parameters have them. */
  void fields(Parameters parameters) {
    if (!expansions.isEmpty()) {
      throw new IllegalArgumentException("Files have rows alone: leave out expand(…).");
    }
    parameters.addAll("fields", fields);
  }

  /** As parameters have it. */
  void in(Parameters parameters) {
    var paths = new ArrayList<String>();
    var named = new ArrayList<>(fields);
    Expansion.add(expansions, "", paths, named, parameters);
    parameters.addAll("fields", named);
    parameters.addAll("expand", paths);
  }
}
