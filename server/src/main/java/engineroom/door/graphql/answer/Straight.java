package engineroom.door.graphql.answer;

import engineroom.door.graphql.answer.ObjectShape.Content;
import engineroom.door.graphql.answer.ObjectShape.Presence;
import engineroom.door.graphql.answer.ObjectShape.Slot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes answers of objects whose members come as they are asked for, in one pass: what stays as it
/// is is copied in long stretches. Where an object is not like that, or something of it is not
/// there, it gives up, and [Splicer] does the work.
final class Straight {
  private static final int GIVEN_UP = -1;

  private final Step[] steps;

  /// One member.
  @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
  private sealed interface Step {
    /// The name of the type, which no store gives.
    record Type(byte[] text) implements Step {}

    /// A member of the store's object.
    ///
    /// @param source its name and the colon, as the store has them
    /// @param key as the document has them; null where it is the same
    record Member(byte[] source, byte @Nullable [] key, Value value) implements Step {}
  }

  /// What becomes of a value.
  private sealed interface Value {
    Presence presence();

    record Plain(Presence presence) implements Value {}

    record Quoted(Presence presence) implements Value {}

    record Nested(Presence presence, Straight inner) implements Value {}

    record Rows(Presence presence, Straight inner) implements Value {}
  }

  private Straight(List<Step> steps) {
    this.steps = steps.toArray(Step[]::new);
  }

  /// One for a shape; null where it does not follow the store's order.
  static @Nullable Straight of(ObjectShape shape) {
    var steps = new ArrayList<Step>();
    int next = 0;
    for (var slot : shape.slots()) {
      if (slot.content() instanceof Content.TypeName(var name)) {
        steps.add(new Step.Type(bytes('"' + slot.name() + "\":\"" + name + '"')));
        continue;
      }
      int source = source(slot.content());
      var value = value(slot.content());
      if (source != next || value == null) {
        return null;
      }
      steps.add(member(shape.sources().get(next++), slot, value));
    }
    return next == 0 || next < shape.sources().size() ? null : new Straight(steps);
  }

  private static Step member(String source, Slot slot, Value value) {
    boolean renamed = !source.equals(slot.name());
    return new Step.Member(
        bytes('"' + source + "\":"), renamed ? bytes('"' + slot.name() + "\":") : null, value);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static int source(Content content) {
    return switch (content) {
      case Content.Leaf(var source, _) -> source;
      case Content.Quoted(var source, _) -> source;
      case Content.Nested(var source, _, _) -> source;
      case Content.Rows(var source, _, _) -> source;
      case Content.TypeName _, Content.IdOf _, Content.Part _ -> GIVEN_UP;
    };
  }

  private static @Nullable Value value(Content content) {
    return switch (content) {
      case Content.Leaf(_, var presence) -> new Value.Plain(presence);
      case Content.Quoted(_, var presence) -> new Value.Quoted(presence);
      case Content.Nested(_, var presence, var shape) -> {
        var inner = of(shape);
        yield inner == null ? null : new Value.Nested(presence, inner);
      }
      case Content.Rows(_, var presence, var shape) -> {
        var inner = of(shape);
        yield inner == null ? null : new Value.Rows(presence, inner);
      }
      case Content.TypeName _, Content.IdOf _, Content.Part _ -> null;
    };
  }

  /// One object on its way: all of it before `copied` is written, or left out.
  private static final class Run {
    final byte[] json;
    final AnswerBytes out;
    int copied;

    Run(byte[] json, AnswerBytes out) {
      this.json = json;
      this.out = out;
    }

    void copyTo(int end) {
      out.write(json, copied, end - copied);
      copied = end;
    }

    /// Writes something in place of what stands before a position.
    void put(byte[] bytes, int before, int behind) {
      copyTo(before);
      out.writeBytes(bytes);
      copied = behind;
    }
  }

  /// Writes what becomes of one object; false where it was given up, and nothing was written.
  boolean write(byte[] json, AnswerBytes out) {
    int mark = out.size();
    var run = new Run(json, out);
    int end = object(run, 0);
    if (end == GIVEN_UP) {
      out.shorten(mark);
      return false;
    }
    run.copyTo(end);
    return true;
  }

  /// The position behind the object.
  private int object(Run run, int start) {
    var json = run.json;
    int at = start + 1;
    for (int i = 0; i < steps.length; i++) {
      at =
          switch (steps[i]) {
            case Step.Type(var text) -> type(run, at, text, i);
            case Step.Member member -> member(run, at, member);
          };
      if (at == GIVEN_UP) {
        return GIVEN_UP;
      }
    }
    return json[at] == '}' ? at + 1 : withoutRest(run, at);
  }

  /// Leaves out the members behind the last one asked for, and the comma before them.
  private static int withoutRest(Run run, int from) {
    if (from - 1 < run.copied) {
      return GIVEN_UP;
    }
    int at = from;
    while (run.json[at] != '}') {
      int end = JsonScan.end(run.json, JsonScan.text(run.json, at) + 1);
      at = run.json[end] == ',' ? end + 1 : end;
    }
    run.copyTo(from - 1);
    run.copied = at;
    return at + 1;
  }

  private static int type(Run run, int at, byte[] text, int index) {
    run.copyTo(at);
    boolean last = run.json[at] == '}';
    if (last && index > 0) {
      run.out.write(',');
    }
    run.out.writeBytes(text);
    if (!last) {
      run.out.write(',');
    }
    return at;
  }

  private static int member(Run run, int start, Step.Member member) {
    var json = run.json;
    var source = member.source();
    int at = start;
    while (!JsonScan.stands(source, json, at)) {
      at = skipped(run, at);
      if (at == GIVEN_UP) {
        return GIVEN_UP;
      }
    }
    int from = at + source.length;
    var key = member.key();
    if (key != null) {
      run.put(key, at, from);
    }
    int end = value(run, from, member.value());
    return end != GIVEN_UP && json[end] == ',' ? end + 1 : end;
  }

  /// Leaves out a member that nobody asked for, such as the id of a reference; the last one may be
  /// what is missed.
  private static int skipped(Run run, int at) {
    if (run.json[at] != '"') {
      return GIVEN_UP;
    }
    int end = JsonScan.end(run.json, JsonScan.text(run.json, at) + 1);
    if (run.json[end] != ',') {
      return GIVEN_UP;
    }
    run.copyTo(at);
    run.copied = end + 1;
    return end + 1;
  }

  private static int value(Run run, int from, Value value) {
    if (JsonScan.isNull(run.json, from)) {
      return value.presence() == Presence.OPTIONAL ? from + 4 : GIVEN_UP;
    }
    return switch (value) {
      case Value.Plain _ -> JsonScan.end(run.json, from);
      case Value.Quoted _ -> quoted(run, from);
      case Value.Nested(_, var inner) -> inner.object(run, from);
      case Value.Rows(_, var inner) -> inner.rows(run, from);
    };
  }

  private static int quoted(Run run, int from) {
    int end = JsonScan.end(run.json, from);
    run.copyTo(from);
    run.out.write('"');
    run.copyTo(end);
    run.out.write('"');
    return end;
  }

  private int rows(Run run, int from) {
    int at = from + 1;
    while (run.json[at] != ']') {
      at = object(run, at);
      if (at == GIVEN_UP) {
        return GIVEN_UP;
      }
      at += run.json[at] == ',' ? 1 : 0;
    }
    return at + 1;
  }
}
