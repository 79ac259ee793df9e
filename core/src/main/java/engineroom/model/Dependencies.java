package engineroom.model;

import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Variable;
import engineroom.expression.Rewrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds all that the value of an expression depends on. What a virtual field depends on counts for
/// whoever names that field.
public final class Dependencies {
  /// How many virtual fields may be reached one through another.
  static final int DEPTH_MAX = 32;

  private final Map<String, Entity> entities;
  private final Set<Dependency> found = new LinkedHashSet<>();

  private Dependencies(Map<String, Entity> entities) {
    this.entities = entities;
  }

  /// A row that is reached from the first one.
  private record Place(String entity, List<Dependency.Step> path) {
    Place then(String next, Dependency.Step step) {
      var longer = new ArrayList<>(path);
      longer.add(step);
      return new Place(next, longer);
    }
  }

  /// What an expression about a row of an entity depends on, each once.
  public static List<Dependency> of(
      Map<String, Entity> entities, String entity, Expression expression) {
    var dependencies = new Dependencies(entities);
    var row = new Place(entity, List.of());
    dependencies.visit(expression, Map.of(Variable.ROW, List.of(row)), 0);
    return List.copyOf(dependencies.found);
  }

  private void visit(Expression expression, Map<String, List<Place>> known, int depth) {
    switch (expression) {
      case Get get when get.row().type() instanceof Type.RowOf -> field(get, known, depth);
      case Expression.Quantified(_, var list, var variable, var condition) ->
          visit(condition, within(list, variable, known, depth), depth);
      case Expression.Count(var list, var variable, var condition) ->
          visit(condition, within(list, variable, known, depth), depth);
      case Expression.Rollup(_, var list, var variable, var condition, var value) -> {
        var inner = within(list, variable, known, depth);
        visit(condition, inner, depth);
        visit(value, inner, depth);
      }
      case Expression.Guarded(var row, var variable, var condition) -> {
        visit(row, known, depth);
        visit(condition, with(known, variable, places(row, known)), depth);
      }
      case Expression.Search(var row, var fields, var words) -> {
        visit(row, known, depth);
        visit(words, known, depth);
        places(row, known).forEach(place -> fields.forEach(name -> add(place, name)));
      }
      case Expression part -> Rewrite.children(part).forEach(child -> visit(child, known, depth));
    }
  }

  private void add(Place place, String field) {
    found.add(new Dependency(place.entity(), field, place.path()));
  }

  private void field(Get get, Map<String, List<Place>> known, int depth) {
    visit(get.row(), known, depth);
    for (var place : places(get.row(), known)) {
      var virtual = entity(place).virtual(get.field());
      if (virtual == null) {
        add(place, get.field());
      } else if (depth < DEPTH_MAX) {
        visit(virtual, Map.of(Variable.ROW, List.of(place)), depth + 1);
      }
    }
  }

  private Entity entity(Place place) {
    var entity = entities.get(place.entity());
    if (entity == null) {
      throw new IllegalArgumentException("entity " + place.entity() + " does not exist");
    }
    return entity;
  }

  /// The rows that an expression may stand for.
  private List<Place> places(Expression row, Map<String, List<Place>> known) {
    return switch (row) {
      case Variable(var name, _) -> known.getOrDefault(name, List.of());
      case Get(var owner, var field, var type) when type instanceof Type.RowOf(var target) ->
          places(owner, known).stream()
              .map(p -> p.then(target, new Dependency.Step.Reference(p.entity(), field)))
              .toList();
      case Expression.Guarded(var inner, _, _) -> places(inner, known);
      case Expression.Conditional(_, var then, var otherwise, _) -> {
        var both = new ArrayList<>(places(then, known));
        both.addAll(places(otherwise, known));
        yield both;
      }
      case Expression _ -> List.of();
    };
  }

  /// The same names and one for the rows of a list, which depends on who is in it.
  private Map<String, List<Place>> within(
      Expression list, String variable, Map<String, List<Place>> known, int depth) {
    var members = new ArrayList<Place>();
    if (list instanceof Get(var owner, var name, _)) {
      visit(owner, known, depth);
      for (var place : places(owner, known)) {
        var inverse = entity(place).findList(name).orElseThrow();
        var step = new Dependency.Step.Members(inverse.entity(), inverse.field());
        var member = place.then(inverse.entity(), step);
        add(member, inverse.field());
        members.add(member);
      }
    }
    return with(known, variable, members);
  }

  private static Map<String, List<Place>> with(
      Map<String, List<Place>> known, String variable, List<Place> places) {
    var more = new HashMap<>(known);
    more.put(variable, places);
    return more;
  }
}
