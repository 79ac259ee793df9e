package engineroom.door.query;

import static engineroom.problem.ProblemException.problem;

import engineroom.expression.Expression;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.operation.Selection;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Expansion;
import engineroom.operation.Selection.Fields;
import engineroom.operation.Selection.Sort;
import engineroom.problem.OperationProblem.TooMuch;
import engineroom.problem.RequestProblem.OverLimit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads what of a row is to be shown: `fields`, `expand` and the `expand.…` parameters.
public final class SelectionReader {
  /// One reference or list on the way, and the row itself at the root.
  static final class Node {
    private final Entity entity;
    private final Set<String> named = new LinkedHashSet<>();
    private final Map<String, Node> expanded = new LinkedHashMap<>();
    private final List<Expression> filters = new ArrayList<>();
    private final boolean list;
    private List<Sort> sort = List.of();
    private int limit;

    private Node(Entity entity, boolean list, int limit) {
      this.entity = entity;
      this.list = list;
      this.limit = limit;
    }

    Entity entity() {
      return entity;
    }

    private Selection selection() {
      List<Expansion> expansions = new ArrayList<>();
      expanded.forEach(
          (name, node) ->
              expansions.add(
                  new Expansion(
                      name, node.selection(), Filters.all(node.filters), node.sort, node.limit)));
      var fields = named.isEmpty() ? Fields.All.ALL : new Fields.Named(List.copyOf(named));
      return new Selection(fields, expansions);
    }
  }

  /// What a parameter under `expand.` is about.
  private record Target(Node node, List<String> rest) {}

  public static final Set<String> PARAMETERS = Set.of("fields", "expand");

  private final Filters filters;
  private final QuerySettings settings;
  private final Node root;
  private int paths;

  public SelectionReader(Entity entity, Filters filters, QuerySettings settings) {
    this.filters = filters;
    this.settings = settings;
    this.root = new Node(entity, false, 1);
  }

  Node root() {
    return root;
  }

  /// What was read so far.
  Selection selection() {
    return root.selection();
  }

  /// Takes what concerns the selection out of the parameters.
  public Selection read(Parameters parameters) {
    var fields = parameters.takeList("fields");
    var expand = parameters.takeList("expand");
    var options = parameters.takeUnder("expand");
    if (fields.isEmpty() && expand.isEmpty() && options.isEmpty()) {
      return Selection.ALL;
    }
    fields.forEach(path -> field(root, Parameters.path(path)));
    expand.forEach(path -> expand(root, Parameters.path(path)));
    options.forEach((name, values) -> values.forEach(v -> option(Parameters.path(name), v)));
    return root.selection();
  }

  /// One path of `fields`.
  void field(Node from, List<String> path) {
    var node = from;
    for (var name : path.subList(0, path.size() - 1)) {
      node = child(node, name, path.size());
    }
    var last = path.getLast();
    if (filters.names().findList(node.entity, last).isPresent()) {
      child(node, last, path.size());
      return;
    }
    if (filters.names().findField(node.entity, last).isEmpty()) {
      throw filters.names().unknown(node.entity, last);
    }
    node.named.add(last);
  }

  /// One path of `expand`; the node it leads to comes back.
  Node expand(Node from, List<String> path) {
    var node = from;
    for (var name : path) {
      node = child(node, name, path.size());
    }
    return node;
  }

  private Node child(Node node, String name, int depth) {
    var known = node.expanded.get(name);
    if (known != null) {
      return known;
    }
    if (depth > settings.expand().depth()) {
      throw problem(
          new TooMuch(
              "expand-depth",
              "An expansion may be " + settings.expand().depth() + " deep at most."));
    }
    if (++paths > settings.expand().paths()) {
      throw problem(
          new TooMuch(
              "expand-paths",
              "A request may expand " + settings.expand().paths() + " paths at most."));
    }
    var made = made(node.entity, name);
    if (!made.list && !node.named.isEmpty()) {
      node.named.add(name);
    }
    node.expanded.put(name, made);
    return made;
  }

  private Node made(Entity entity, String name) {
    var names = filters.names();
    var list = names.findList(entity, name);
    if (list.isPresent()) {
      return new Node(names.model().entity(list.get().entity()), true, settings.pageDefault());
    }
    var field = names.findField(entity, name).orElseThrow(() -> names.unknown(entity, name));
    if (field.type() instanceof FieldType.Reference(var referred, _, _, _)) {
      return new Node(names.model().entity(referred), false, 1);
    }
    throw Parameters.bad(
        entity.name() + "." + name + " can't be expanded.", "Only references and lists can.");
  }

  private void option(List<String> path, String value) {
    var target = target(path);
    var node = target.node();
    switch (target.rest()) {
      case List<String> rest when rest.equals(List.of("limit")) -> limit(node, value);
      case List<String> rest when rest.equals(List.of("sort")) ->
          sort(node, Parameters.split(value));
      case List<String> rest -> filter(node, filters.plain(Place.row(node.entity), rest, value));
    }
  }

  /// The deepest expanded list that the path begins with, and the rest of it.
  private Target target(List<String> path) {
    var node = root;
    Target found = null;
    for (int i = 0; i < path.size() - 1; i++) {
      var next = node.expanded.get(path.get(i));
      if (next == null) {
        break;
      }
      node = next;
      found = node.list ? new Target(node, path.subList(i + 1, path.size())) : found;
    }
    if (found == null) {
      var first = filters.names().findList(root.entity, path.getFirst());
      throw first.isEmpty() && filters.names().findField(root.entity, path.getFirst()).isEmpty()
          ? filters.names().unknown(root.entity, path.getFirst())
          : Parameters.bad(
              "expand." + String.join(".", path) + " is about no expanded list.",
              "Name the list in expand too.");
    }
    return found;
  }

  void filter(Node node, Expression condition) {
    if (!node.list) {
      throw Parameters.bad("Only expanded lists can be filtered.", null);
    }
    node.filters.add(condition);
    FilterSize.check(Filters.all(node.filters), settings.filter(), filters.names().model());
  }

  void sort(Node node, List<String> keys) {
    if (!node.list) {
      throw Parameters.bad("Only expanded lists can be sorted.", null);
    }
    node.sort = sorts(node.entity, keys);
  }

  void limit(Node node, String value) {
    if (!node.list) {
      throw Parameters.bad("Only expanded lists have a limit.", null);
    }
    node.limit = limit(value, settings);
  }

  /// A number of rows within the page limit.
  public static int limit(String value, QuerySettings settings) {
    if (!value.matches("\\d{1,9}") || value.equals("0")) {
      throw Parameters.bad(
          "limit is not a whole number from 1 to " + settings.pageMax() + ".", null);
    }
    int limit = Integer.parseInt(value);
    if (limit > settings.pageMax()) {
      throw problem(
          new OverLimit(
              "page", "limit may be " + settings.pageMax() + " at most, was " + limit + "."));
    }
    return Math.max(1, limit);
  }

  /// The keys of an order: `-placedAt`, `customer.name`.
  List<Sort> sorts(Entity entity, List<String> keys) {
    if (keys.size() > settings.sortKeys()) {
      throw problem(
          new TooMuch("sort-keys", "An order may have " + settings.sortKeys() + " keys at most."));
    }
    return keys.stream().map(key -> sort(entity, key)).toList();
  }

  private Sort sort(Entity entity, String key) {
    boolean descending = key.startsWith("-");
    var path = descending ? key.substring(1) : key;
    var direction = descending ? Direction.DESCENDING : Direction.ASCENDING;
    return new Sort(value(entity, Parameters.path(path), filters), direction);
  }

  /// The one value of a row that a path through references leads to, as orders see it.
  static Expression value(Entity entity, List<String> path, Filters filters) {
    Place place = Place.row(entity);
    for (var name : path) {
      var from = place;
      place = place.step(name, filters.names()).orElseThrow(() -> filters.unknown(from, name));
    }
    var text = String.join(".", path);
    return switch (place) {
      case Place.Column column -> ordered(Place.comparable(column), text);
      case Place.Entry(_, var reference) -> reference;
      case Place.Rows _ ->
          throw Filters.bad(text + " is a list and has no order.", "Name a field or a reference.");
    };
  }

  private static Expression ordered(Place.Column column, String path) {
    var operators = Operator.of(column.type());
    if (operators.contains(Operator.EQ) && !(column.type() instanceof FieldType.ListOf)) {
      return column.expression();
    }
    throw Filters.bad(
        path + " has no order.",
        column.type() instanceof FieldType.Money ? "Use " + path + ".amount." : null);
  }
}
