package engineroom.door.graphql.work;

import engineroom.Runner;
import engineroom.door.graphql.answer.AnswerBytes;
import engineroom.door.graphql.compiled.RootField;
import engineroom.door.graphql.compiled.RowPlan;
import engineroom.door.graphql.schema.TimeParts;
import engineroom.door.graphql.work.Question.Asking;
import engineroom.door.query.ListReader;
import engineroom.door.query.Parameters;
import engineroom.door.query.SummaryReader;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.outcome.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers summaries: their arguments spelled as REST's parameters, one question of the engine
/// each.
final class TotalsReads {
  private static final Set<String> PARTS = Set.of("value", "year", "month", "week", "day", "hour");
  private static final Optional<Field> TIMELESS = Optional.empty();

  private final Asking asking;
  private final Runner runner;
  private final SummaryReader reader;

  TotalsReads(Asking asking, Runner runner) {
    this.asking = asking;
    this.runner = runner;
    var settings = asking.tools().settings();
    this.reader = new SummaryReader(settings, new ListReader(settings, asking.tools().seal()));
  }

  /// Writes the groups; false where null stands that can't.
  boolean write(RootField.Totals field, AnswerBytes out) {
    var question = new Question(asking, field.asked(), new RowPlan(field.entity()));
    var where = question.where();
    var summarize =
        reader.read(field.entity(), parameters(field, question), where, question.filters());
    if (!(runner.run(question.asOf(summarize), asking.call())
        instanceof Outcome.Summarized(var groups, _))) {
      throw new IllegalStateException("the engine gave an outcome of another operation");
    }
    out.write('[');
    for (int i = 0; i < groups.size(); i++) {
      out.text(i > 0 ? "," : "");
      if (!field.cut().write(groups.get(i), out)) {
        return false;
      }
    }
    out.write(']');
    return true;
  }

  private static Parameters parameters(RootField.Totals field, Question question) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    var groups = new ArrayList<String>();
    elements(question.value("group"))
        .forEach(one -> leaves(one, List.of(), (path, part) -> groups.add(group(path, part))));
    put(all, "group", groups);
    var measures = new LinkedHashMap<String, Set<String>>();
    field.measures().forEach((name, paths) -> measures.put(name, new LinkedHashSet<>(paths)));
    var sort = new ArrayList<String>();
    elements(question.value("sort")).forEach(one -> sort(question.entity(), one, sort, measures));
    put(all, "sort", sort);
    having(question.value("having"), all, measures);
    measures.forEach(
        (name, paths) ->
            all.put(name, name.equals("count") ? List.of("") : List.of(String.join(",", paths))));
    for (var name : List.of("limit", "offset")) {
      var number = question.number(name);
      if (number != null) {
        all.put(name, List.of(Long.toString(number)));
      }
    }
    return Parameters.of(all);
  }

  private static void put(Map<String, List<String>> all, String name, List<String> texts) {
    if (!texts.isEmpty()) {
      all.put(name, List.of(String.join(",", texts)));
    }
  }

  private static List<Json> elements(@Nullable Json json) {
    return json instanceof Json.Arr(var elements) ? elements : List.of();
  }

  /// What stands at the end of a way of names.
  private interface Leaf {
    void at(List<String> path, String value);
  }

  private static void leaves(Json json, List<String> path, Leaf leaf) {
    switch (json) {
      case Json.Obj(var members) ->
          members.forEach(
              (name, value) -> {
                var way = new ArrayList<>(path);
                way.add(name);
                leaves(value, way, leaf);
              });
      case Json.Text(var text) -> leaf.at(path, text);
      case Json.Num(var text) -> leaf.at(path, text);
      case Json.Bool(var truth) -> leaf.at(path, Boolean.toString(truth));
      case Json.Arr _, Json.Null _ -> {
        // not given
      }
    }
  }

  private static String group(List<String> path, String part) {
    var whole = String.join(".", path);
    if (path.size() > 1 && path.getLast().equals("id")) {
      whole = String.join(".", path.subList(0, path.size() - 1));
    }
    return part.equals("VALUE") ? whole : part.toLowerCase(Locale.ROOT) + "(" + whole + ")";
  }

  private static void sort(
      Entity entity, Json json, List<String> sort, Map<String, Set<String>> measures) {
    leaves(
        json,
        List.of(),
        (path, direction) -> {
          var sign = direction.equals("DESC") ? "-" : "";
          if (path.getFirst().equals("group")) {
            sort.add(sign + groupKey(entity, path.subList(1, path.size())));
          } else {
            measure(path, measures);
            sort.add(sign + String.join(".", path));
          }
        });
  }

  /// `placedAt.month` is `month(placedAt)`, where the way to it ends at a time.
  private static String groupKey(Entity entity, List<String> path) {
    var field = path.size() > 1 ? entity.findField(path.get(path.size() - 2)) : TIMELESS;
    boolean timed =
        path.size() > 2
            ? PARTS.contains(path.getLast())
            : field.map(one -> TimeParts.of(one.type()) != TimeParts.NONE).orElse(false);
    return timed
        ? group(path.subList(0, path.size() - 1), path.getLast().toUpperCase(Locale.ROOT))
        : group(path, "VALUE");
  }

  private static void measure(List<String> path, Map<String, Set<String>> measures) {
    measures
        .computeIfAbsent(path.getFirst(), _ -> new LinkedHashSet<>())
        .add(path.size() > 1 ? path.get(1) : "");
  }

  private static void having(
      @Nullable Json json, Map<String, List<String>> all, Map<String, Set<String>> measures) {
    if (json == null) {
      return;
    }
    leaves(
        json,
        List.of(),
        (path, value) -> {
          measure(path.subList(0, path.size() - 1), measures);
          all.computeIfAbsent("having." + String.join(".", path), _ -> new ArrayList<>())
              .add(value);
        });
  }
}
