package engineroom.door.graphql.compiled;

import engineroom.door.graphql.answer.ObjectShape;
import engineroom.door.graphql.answer.ObjectShape.Content;
import engineroom.door.graphql.answer.ObjectShape.Missing;
import engineroom.door.graphql.answer.ObjectShape.Presence;
import engineroom.door.graphql.answer.ObjectShape.Slot;
import engineroom.door.graphql.document.Asked;
import engineroom.door.graphql.document.Fields;
import engineroom.door.graphql.schema.Measure;
import engineroom.door.graphql.schema.TimeParts;
import engineroom.door.graphql.schema.TypeNames;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import graphql.language.SelectionSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Compiles what a document asks of summaries.
final class TotalsCompiler {
  private static final String TYPE_NAME = "__typename";

  private final Model model;
  private final TypeNames names;
  private final Fields fields;
  private final Map<String, List<String>> measures = new LinkedHashMap<>();

  TotalsCompiler(Model model, TypeNames names, Fields fields) {
    this.model = model;
    this.names = names;
    this.fields = fields;
  }

  /// What is measured, as REST's parameters have it: `sum` and its paths; `count` and an empty one.
  Map<String, List<String>> measures() {
    return measures;
  }

  /// How a group is cut.
  ObjectShape of(Entity entity, List<SelectionSet> sets) {
    var type = names.type(entity.name()) + "Summary";
    var sources = new ArrayList<String>();
    var slots = new ArrayList<Slot>();
    for (var asked : fields.of(type, sets)) {
      slots.add(new Slot(asked.key(), content(entity, type, asked, sources)));
    }
    return new ObjectShape(sources, slots, Missing.NULLS);
  }

  private Content content(Entity entity, String type, Asked asked, List<String> sources) {
    return switch (asked.name()) {
      case TYPE_NAME -> new Content.TypeName(type);
      case "count" -> {
        measures.put("count", List.of(""));
        yield new Content.Leaf(source("count", sources), Presence.REQUIRED);
      }
      case "group" ->
          new Content.Nested(
              source("group", sources), Presence.OPTIONAL, groups(entity, "", asked.sets()));
      case String name ->
          new Content.Nested(
              source(name, sources), Presence.OPTIONAL, measured(entity, name, asked.sets()));
    };
  }

  private static int source(String name, List<String> sources) {
    int known = sources.indexOf(name);
    if (known >= 0) {
      return known;
    }
    sources.add(name);
    return sources.size() - 1;
  }

  private ObjectShape measured(Entity entity, String function, List<SelectionSet> sets) {
    var measure =
        List.of(Measure.values()).stream()
            .filter(one -> one.field().equals(function))
            .findFirst()
            .orElseThrow();
    var type = names.type(entity.name()) + measure.suffix();
    var sources = new ArrayList<String>();
    var slots = new ArrayList<Slot>();
    for (var asked : fields.of(type, sets)) {
      if (asked.name().equals(TYPE_NAME)) {
        slots.add(new Slot(asked.key(), new Content.TypeName(type)));
        continue;
      }
      var paths = measures.computeIfAbsent(function, _ -> new ArrayList<>());
      if (!paths.contains(asked.name())) {
        paths.add(asked.name());
      }
      slots.add(
          new Slot(
              asked.key(), new Content.Leaf(source(asked.name(), sources), Presence.OPTIONAL)));
    }
    return new ObjectShape(sources, slots, Missing.NULLS);
  }

  /// @param path that led there, with its dot
  private ObjectShape groups(Entity entity, String path, List<SelectionSet> sets) {
    var type = names.type(entity.name()) + "Groups";
    var sources = new ArrayList<String>();
    var slots = new ArrayList<Slot>();
    for (var asked : fields.of(type, sets)) {
      var content =
          asked.name().equals(TYPE_NAME)
              ? new Content.TypeName(type)
              : group(entity.field(asked.name()), path, asked, sources);
      slots.add(new Slot(asked.key(), content));
    }
    return new ObjectShape(sources, slots, Missing.NULLS);
  }

  private Content group(Field field, String path, Asked asked, List<String> sources) {
    var whole = path + field.name();
    if (field.type() instanceof FieldType.Reference(var referred, _, _, _)) {
      return new Content.Part(groups(model.entity(referred), whole + ".", asked.sets()));
    }
    return switch (TimeParts.of(field.type())) {
      case NONE -> leaf(field, path, sources);
      case DAY -> new Content.Part(times("Day", whole, asked.sets()));
      case MOMENT -> new Content.Part(times("Moment", whole, asked.sets()));
    };
  }

  /// Rows are grouped by the reference to a row, not by its id.
  private static Content leaf(Field field, String path, List<String> sources) {
    if (!field.name().equals("id")) {
      return new Content.Leaf(source(path + field.name(), sources), Presence.OPTIONAL);
    }
    if (!path.isEmpty()) {
      return new Content.IdOf(source(path.substring(0, path.length() - 1), sources));
    }
    int source = source("id", sources);
    return field.type() instanceof FieldType.Whole
        ? new Content.Quoted(source, Presence.OPTIONAL)
        : new Content.Leaf(source, Presence.OPTIONAL);
  }

  private ObjectShape times(String type, String path, List<SelectionSet> sets) {
    var sources = new ArrayList<String>();
    var slots = new ArrayList<Slot>();
    for (var asked : fields.of(type, sets)) {
      var content =
          switch (asked.name()) {
            case TYPE_NAME -> new Content.TypeName(type);
            case "value" -> new Content.Leaf(source(path, sources), Presence.OPTIONAL);
            case String part ->
                new Content.Leaf(source(part + "(" + path + ")", sources), Presence.OPTIONAL);
          };
      slots.add(new Slot(asked.key(), content));
    }
    return new ObjectShape(sources, slots, Missing.NULLS);
  }
}
