package engineroom.door.graphql.work;

import engineroom.data.Value;
import engineroom.door.graphql.compiled.RootField;
import engineroom.door.graphql.compiled.RowPlan;
import engineroom.door.graphql.compiled.Steady;
import engineroom.door.graphql.compiled.Steady.Known;
import engineroom.door.graphql.compiled.Steady.Source;
import engineroom.door.graphql.document.Asked.Bound;
import engineroom.door.graphql.work.Question.Asking;
import engineroom.door.query.PlainValue;
import engineroom.expression.Arguments;
import engineroom.json.FieldReader;
import engineroom.json.Json;
import engineroom.model.FieldType;
import engineroom.operation.Operation.Find;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out of a question which values of it come from the request, so that the next request need
/// not put it together again. Where a value decides more than itself (an order, a limit of an inner
/// list, null, which value of an enum), every request is put together.
final class SteadyQuestions {
  /// Arguments of a root field that are no part of its question.
  private static final Set<String> APART = Set.of("limit", "after", "offset");

  private SteadyQuestions() {}

  /// Keeps what is steady of a question that was put together, where anything is.
  static void learn(Steady steady, Question question, Find find) {
    var used = used(question);
    var variables = question.variables();
    if (question.asked().arguments().containsKey("asOf") || !apart(used, variables)) {
      return;
    }
    var plain = question.filters().plain();
    for (var name : used) {
      var value = variables.get(name);
      long asked = plain.stream().filter(one -> one.json() == value).count();
      if (asked != Collections.frequency(used, name)) {
        return; // it decides something else, or was changed on its way
      }
    }
    for (var part : question.parts().values()) {
      if (!scalar(part) || plain.stream().noneMatch(one -> one.json() == part)) {
        return;
      }
    }
    steady.keep(new Known(find.query(), sources(question, find.arguments(), plain, used)));
  }

  private static List<Source> sources(
      Question question, Arguments arguments, List<PlainValue> plain, List<String> used) {
    var sources = new ArrayList<Source>();
    arguments.values().forEach(value -> sources.add(new Source.Constant(value)));
    for (var one : plain) {
      for (var name : used) {
        if (question.variables().get(name) == one.json()) {
          sources.set(one.position(), new Source.Variable(name, one.type()));
        }
      }
      question
          .parts()
          .forEach(
              (name, json) -> {
                if (json == one.json()) {
                  sources.set(one.position(), new Source.Key(name, one.type()));
                }
              });
    }
    return sources;
  }

  /// Whether variables have values of their own that can't be taken for each other.
  private static boolean apart(List<String> used, Map<String, Json> variables) {
    var names = Set.copyOf(used);
    Set<Json> values = Collections.newSetFromMap(new IdentityHashMap<>());
    for (var name : names) {
      var value = variables.get(name);
      if (!scalar(value)) {
        return false;
      }
      values.add(value);
    }
    return values.size() == names.size();
  }

  private static boolean scalar(@Nullable Json value) {
    return switch (value) {
      case null -> false;
      case Json.Text _, Json.Num _, Json.Bool _ -> true;
      case Json.Null _, Json.Arr _, Json.Obj _ -> false;
    };
  }

  /// The variables in conditions and orders, each as often as it is there.
  private static List<String> used(Question question) {
    var used = new ArrayList<String>();
    question
        .asked()
        .arguments()
        .forEach(
            (name, bound) -> {
              if (!APART.contains(name) && !question.parts().containsKey(name)) {
                used.addAll(bound.variables());
              }
            });
    add(question.plan(), used);
    return used;
  }

  private static void add(RowPlan plan, List<String> used) {
    for (var child : plan.children().values()) {
      if (child instanceof RowPlan.Child.Many(_, Map<String, Bound> arguments, _)) {
        arguments.values().forEach(bound -> used.addAll(bound.variables()));
      }
      add(child.row(), used);
    }
  }

  /// The values of one more request; null where the question has to be put together again, which
  /// also says what is wrong.
  static @Nullable Arguments arguments(Known known, RootField.Rows field, Asking asking) {
    var reader = new FieldReader(asking.tools().model());
    var values = new ArrayList<Value>(known.sources().size());
    try {
      for (var source : known.sources()) {
        var value =
            switch (source) {
              case Source.Constant(var constant) -> constant;
              case Source.Variable(var name, var type) ->
                  value(asking.variables().get(name), type, reader);
              case Source.Key(var name, var type) ->
                  value(key(field, name, asking.variables()), type, reader);
            };
        if (value == null) {
          return null;
        }
        values.add(value);
      }
    } catch (FieldReader.Unfit _) {
      return null;
    }
    return new Arguments(values);
  }

  private static @Nullable Json key(
      RootField.Rows field, String name, Map<String, Json> variables) {
    var value = Question.value(field.asked(), name, variables);
    return value == null ? null : Question.key(field.plan().entity(), name, value);
  }

  private static @Nullable Value value(@Nullable Json json, FieldType type, FieldReader reader) {
    return json != null && scalar(json) ? reader.json(type, json) : null;
  }
}
