package engineroom.door.query;

import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.ExpressionMistake;
import engineroom.expression.ExpressionReader;
import engineroom.expression.ExpressionReader.ArgumentUse;
import engineroom.expression.ExpressionReader.Reading;
import engineroom.expression.Scope;
import engineroom.json.FieldReader.Unfit;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the expression spelling of a filter: `filter=status == arg.s&arg.s=open`.
final class ExpressionFilters {
  private static final int KEPT = 1_000;

  /// A text about an entity, read from a position of the arguments on.
  private record Key(String entity, String text, int firstArgument) {}

  private final Memory<Key, Reading> memory = new Memory<>(KEPT);

  /// The condition; its arguments are bound.
  Expression read(
      Entity entity, String text, Map<String, List<String>> arguments, Filters filters) {
    var key = new Key(entity.name(), text, filters.argumentCount());
    var reading = memory.of(key, filters.names(), names -> parsed(key, names));
    bind(reading.arguments(), arguments, filters);
    return reading.expression();
  }

  private static Reading parsed(Key key, Names names) {
    try {
      var scope = new Visible(key.entity(), names);
      return ExpressionReader.read(key.text(), scope, Type.Scalar.BOOLEAN, key.firstArgument());
    } catch (ExpressionMistake mistake) {
      var first = mistake.mistakes().getFirst();
      throw Filters.bad(
          "filter, character " + (first.offset() + 1) + ": " + first.message(), first.hint());
    }
  }

  private static void bind(
      List<ArgumentUse> uses, Map<String, List<String>> arguments, Filters filters) {
    for (var use : uses) {
      var values = arguments.remove(use.name());
      if (values == null) {
        throw Filters.bad(
            "The filter names arg." + use.name() + ", which is not given.",
            "Add arg." + use.name() + "=… to the query.");
      }
      if (values.size() > 1) {
        throw Parameters.bad("arg." + use.name() + " is there " + values.size() + " times.", null);
      }
      try {
        filters.bind(filters.reader().scalar(use.type(), values.getFirst()), use.type());
      } catch (Unfit unfit) {
        throw Filters.bad("The value of arg." + use.name() + " " + unfit.text() + ".", null);
      }
    }
    for (var name : arguments.keySet()) {
      throw Parameters.bad(
          "The filter does not use arg." + name + ".",
          Names.meant(name, uses.stream().map(ArgumentUse::name).toList()));
    }
  }

  /// What a request's filter may name.
  private record Visible(String of, Names names) implements Scope {
    @Override
    public Optional<String> entity() {
      return Optional.of(of);
    }

    @Override
    public Optional<Member> member(String entity, String name) {
      var owner = names.model().entity(entity);
      var field =
          names.findField(owner, name).map(f -> new Member(f.type().type(), ignoresCase(f.type())));
      return field.or(
          () ->
              names
                  .findList(owner, name)
                  .map(list -> new Member(new Type.RowsOf(list.entity()), false)));
    }

    private static boolean ignoresCase(FieldType type) {
      return type instanceof FieldType.Text(_, _, _, _, var ignoreCase, _) && ignoreCase;
    }

    @Override
    public Collection<String> members(String entity) {
      return names.of(entity);
    }

    @Override
    public boolean old() {
      return false;
    }

    @Override
    public boolean facts() {
      return true;
    }

    @Override
    public boolean arguments() {
      return true;
    }

    @Override
    public Set<String> roles() {
      return names.model().roles().keySet();
    }
  }
}
