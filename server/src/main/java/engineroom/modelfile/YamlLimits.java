package engineroom.modelfile;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Gives a file's events to whoever makes a tree of them, and stops at depths and repetitions that
/// would exhaust memory or the stack: composing is recursive, and an alias repeats all that it
/// stands for.
final class YamlLimits implements Parser {
  /// Mappings and lists within each other, as far as the stack surely carries; [YamlFile] takes
  /// fewer and tells more.
  static final int DEPTH_MAX = 200;

  /// Parts of a file; what an alias stands for counts each time.
  static final int PARTS_MAX = 200_000;

  /// Something passes a limit.
  static final class Excess extends MarkedYamlEngineException {
    private static final long serialVersionUID = 1;

    private final String hint;

    private Excess(Event event, String message, String hint) {
      super("", Optional.empty(), message, event.getStartMark());
      this.hint = hint;
    }

    /// The way out.
    String hint() {
      return hint;
    }
  }

  private final Parser events;
  private final Map<Anchor, Integer> sizes = new HashMap<>();
  private final Deque<Collection> open = new ArrayDeque<>();
  private int parts;

  private YamlLimits(Parser events) {
    this.events = events;
  }

  /// A mapping or list that has not ended, and the number of parts before it.
  private record Collection(Optional<Anchor> anchor, int before) {}

  /// The events of a text.
  static YamlLimits of(String text, LoadSettings settings) {
    var reader = new StreamReader(settings, new StringReader(text));
    return new YamlLimits(new ParserImpl(settings, reader));
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return events.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return events.peekEvent();
  }

  @Override
  public boolean hasNext() {
    return events.hasNext();
  }

  @Override
  public Event next() {
    var event = events.next();
    take(event);
    if (open.size() > DEPTH_MAX) {
      throw new Excess(event, "This is nested more than " + DEPTH_MAX + " deep.", "Flatten it.");
    }
    if (parts > PARTS_MAX) {
      throw new Excess(
          event,
          "The file has more than " + PARTS_MAX + " parts, with what its aliases repeat.",
          "Use fewer aliases, or divide the file.");
    }
    return event;
  }

  private void take(Event event) {
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
          throw new Excess(
              event,
              "The alias *" + alias.getAlias() + " stands within what it repeats.",
              "Write out what is meant.");
        }
        parts += sizes.getOrDefault(alias.getAlias(), 1);
      }
      default -> {} // streams and documents begin and end: YAML's events are no sealed family
    }
  }
}
