package engineroom.modelfile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// Walks a file's events before any tree is made of it, and stops at depths and repetitions that
/// would exhaust memory or the stack: composing is recursive, and an alias repeats all that it
/// stands for.
final class YamlLimits {
  /// Mappings and lists within each other, as far as the stack surely carries; [YamlFile] takes
  /// fewer and tells more.
  static final int DEPTH_MAX = 200;

  /// Parts of a file; what an alias stands for counts each time.
  static final int PARTS_MAX = 200_000;

  /// What passes a limit, and where.
  record Excess(Optional<Mark> mark, String message, String hint) {}

  private final Map<Anchor, Integer> sizes = new HashMap<>();
  private final Deque<Collection> open = new ArrayDeque<>();
  private int parts;

  private YamlLimits() {}

  /// A mapping or list that has not ended, and the number of parts before it.
  private record Collection(Optional<Anchor> anchor, int before) {}

  /// The first excess of a text, or nothing.
  static Optional<Excess> excess(String text, LoadSettings settings) {
    var limits = new YamlLimits();
    for (var event : new Parse(settings).parseString(text)) {
      var excess = limits.take(event);
      if (excess != null) {
        return Optional.of(excess);
      }
    }
    return Optional.empty();
  }

  private @Nullable Excess take(Event event) {
    switch (event) {
      case CollectionStartEvent start -> {
        open.push(new Collection(start.getAnchor(), parts));
        parts++;
      }
      case CollectionEndEvent _ -> {
        var ended = open.pop();
        ended.anchor().ifPresent(anchor -> sizes.put(anchor, parts - ended.before()));
      }
      case ScalarEvent scalar -> {
        scalar.getAnchor().ifPresent(anchor -> sizes.put(anchor, 1));
        parts++;
      }
      case AliasEvent alias -> {
        if (open.stream().anyMatch(one -> one.anchor().equals(Optional.of(alias.getAlias())))) {
          return new Excess(
              event.getStartMark(),
              "The alias *" + alias.getAlias() + " stands within what it repeats.",
              "Write out what is meant.");
        }
        parts += sizes.getOrDefault(alias.getAlias(), 1);
      }
      default -> {} // streams and documents begin and end: YAML's events are no sealed family
    }
    return excess(event);
  }

  private @Nullable Excess excess(Event event) {
    if (open.size() > DEPTH_MAX) {
      return new Excess(
          event.getStartMark(), "This is nested more than " + DEPTH_MAX + " deep.", "Flatten it.");
    }
    return parts > PARTS_MAX
        ? new Excess(
            event.getStartMark(),
            "The file has more than " + PARTS_MAX + " parts, with what its aliases repeat.",
            "Use fewer aliases, or divide the file.")
        : null;
  }
}
