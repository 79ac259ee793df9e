package engineroom.door.graphql.answer;

import engineroom.door.graphql.answer.ObjectShape.Content;
import engineroom.door.graphql.answer.ObjectShape.Missing;
import engineroom.door.graphql.answer.ObjectShape.Presence;
import engineroom.door.graphql.answer.ObjectShape.Slot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Makes answers of a shape out of a store's objects, by copying bytes. Made once for each
/// document; safe for any number of threads.
public final class Splicer {
  /// Rows for which the short way may be tried in vain before it is left alone.
  private static final int WRONG_MAX = 256;

  private static final byte[] ID = "{\"id\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private final byte[][] sources;
  private final Part[] parts;
  private final Missing missing;
  private final @Nullable Straight straight;

  /// How often the short way was the right one, or not, about.
  private int right;

  private int wrong;

  /// A slot with what is needed to write it fast.
  ///
  /// @param inner of its object or rows; null where it has none
  @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
  private record Part(byte[] key, Slot slot, @Nullable Splicer inner) {
    Splicer of() {
      if (inner == null) {
        throw new IllegalStateException(slot + " has no members");
      }
      return inner;
    }
  }

  /// Where the values of an object begin and end.
  @SuppressWarnings("ArrayRecordComponent") // positions are looked up, never compared
  private record Spans(byte[] json, int start, int[] from, int[] to) {}

  public Splicer(ObjectShape shape) {
    this(shape, Straight.of(shape));
  }

  /// @param straight the short way, or null
  Splicer(ObjectShape shape, @Nullable Straight straight) {
    this.straight = straight;
    sources =
        shape.sources().stream()
            .map(name -> name.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    missing = shape.missing();
    parts = shape.slots().stream().map(Splicer::part).toArray(Part[]::new);
  }

  private static Part part(Slot slot) {
    @Nullable Splicer inner =
        switch (slot.content()) {
          case Content.Nested(_, _, var shape) -> new Splicer(shape, null);
          case Content.Rows(_, _, var shape) -> new Splicer(shape, null);
          case Content.Part(var shape) -> new Splicer(shape, null);
          case Content.TypeName _, Content.Leaf _, Content.Quoted _, Content.IdOf _ -> null;
        };
    return new Part(('"' + slot.name() + "\":").getBytes(StandardCharsets.UTF_8), slot, inner);
  }

  /// Writes what becomes of one object.
  ///
  /// @return whether it was written: where null stands that can't, or the object does not hold what
  ///   is asked of it, nothing is
  public boolean write(byte[] json, AnswerBytes out) {
    if (straight != null && wrong <= right + WRONG_MAX) {
      if (straight.write(json, out)) {
        right++;
        return true;
      }
      wrong++;
    }
    return object(json, 0, out);
  }

  private boolean object(byte[] json, int start, AnswerBytes out) {
    var spans = spans(json, start);
    if (spans == null) {
      return false;
    }
    int mark = out.size();
    out.write('{');
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        out.write(',');
      }
      out.writeBytes(parts[i].key());
      if (!value(spans, parts[i], out)) {
        out.step(parts[i].slot().name());
        out.shorten(mark);
        return false;
      }
    }
    out.write('}');
    return true;
  }

  private static boolean value(Spans spans, Part part, AnswerBytes out) {
    return switch (part.slot().content()) {
      case Content.Leaf(var source, var presence) when spans.from()[source] < 0 ->
          none(presence, out);
      case Content.Quoted(var source, var presence) when spans.from()[source] < 0 ->
          none(presence, out);
      case Content.Nested(var source, var presence, _) when spans.from()[source] < 0 ->
          none(presence, out);
      case Content.Rows(var source, var presence, _) when spans.from()[source] < 0 ->
          none(presence, out);
      case Content.IdOf(var source) -> id(spans, source, out);
      case Content.TypeName(var name) -> {
        out.text('"' + name + '"');
        yield true;
      }
      case Content.Leaf(var source, var presence) -> {
        int from = spans.from()[source];
        out.write(spans.json(), from, spans.to()[source] - from);
        yield presence == Presence.OPTIONAL || !JsonScan.isNull(spans.json(), from);
      }
      case Content.Quoted(var source, var presence) -> quoted(spans, source, presence, out);
      case Content.Nested(var source, var presence, _) ->
          nested(spans.json(), spans.from()[source], part, presence, out);
      case Content.Rows(var source, var presence, _) ->
          rows(spans.json(), spans.from()[source], part, presence, out);
      case Content.Part _ -> part.of().object(spans.json(), spans.start(), out);
    };
  }

  private static boolean none(Presence presence, AnswerBytes out) {
    out.writeBytes(NULL);
    return presence == Presence.OPTIONAL;
  }

  /// What stands between `{"id":` and the brace.
  private static boolean id(Spans spans, int source, AnswerBytes out) {
    int from = spans.from()[source];
    if (from < 0 || JsonScan.isNull(spans.json(), from)) {
      return none(Presence.OPTIONAL, out);
    }
    int value = from + ID.length;
    boolean number = spans.json()[value] != '"';
    out.text(number ? "\"" : "");
    out.write(spans.json(), value, spans.to()[source] - 1 - value);
    out.text(number ? "\"" : "");
    return true;
  }

  private static boolean quoted(Spans spans, int source, Presence presence, AnswerBytes out) {
    int from = spans.from()[source];
    if (JsonScan.isNull(spans.json(), from)) {
      out.writeBytes(NULL);
      return presence == Presence.OPTIONAL;
    }
    out.write('"');
    out.write(spans.json(), from, spans.to()[source] - from);
    out.write('"');
    return true;
  }

  private static boolean nested(
      byte[] json, int from, Part part, Presence presence, AnswerBytes out) {
    if (!JsonScan.isNull(json, from) && part.of().object(json, from, out)) {
      return true;
    }
    if (presence == Presence.REQUIRED) {
      return false;
    }
    if (out.stepping()) {
      out.step(part.slot().name());
      out.settle();
    }
    out.writeBytes(NULL);
    return true;
  }

  private static boolean rows(
      byte[] json, int from, Part part, Presence presence, AnswerBytes out) {
    if (JsonScan.isNull(json, from)) {
      out.writeBytes(NULL);
      return presence == Presence.OPTIONAL;
    }
    int at = from + 1;
    out.write('[');
    for (int index = 0; json[at] != ']'; index++) {
      if (index > 0) {
        out.write(',');
      }
      if (!part.of().object(json, at, out)) {
        out.step(index);
        return false;
      }
      at = JsonScan.end(json, at);
      at += json[at] == ',' ? 1 : 0;
    }
    out.write(']');
    return true;
  }

  /// Where the sources are; null where one of them is not there, as of a row that the caller may
  /// know by its id alone.
  private @Nullable Spans spans(byte[] json, int start) {
    var from = new int[sources.length];
    var to = new int[sources.length];
    Arrays.fill(from, -1);
    int found = 0;
    int at = start + 1;
    while (json[at] != '}' && found < sources.length) {
      int name = at + 1;
      int colon = JsonScan.text(json, at);
      int end = JsonScan.end(json, colon + 1);
      int source = source(json, name, colon - 1, found);
      if (source >= 0) {
        from[source] = colon + 1;
        to[source] = end;
        found++;
      }
      at = json[end] == ',' ? end + 1 : end;
    }
    return found == sources.length || missing == Missing.NULLS
        ? new Spans(json, start, from, to)
        : null;
  }

  /// Which source a name is, the likeliest tried first; -1 for none.
  private int source(byte[] json, int from, int to, int likely) {
    for (int i = 0; i < sources.length; i++) {
      int at = (likely + i) % sources.length;
      if (Arrays.equals(sources[at], 0, sources[at].length, json, from, to)) {
        return at;
      }
    }
    return -1;
  }
}
