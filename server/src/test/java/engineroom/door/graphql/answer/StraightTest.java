package engineroom.door.graphql.answer;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.door.graphql.answer.ObjectShape.Content;
import engineroom.door.graphql.answer.ObjectShape.Presence;
import engineroom.door.graphql.answer.ObjectShape.Slot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The short way of cutting answers gives the same bytes as the long one, or gives up.
class StraightTest {
  private static final int SHAPES = 4_000;
  private static final String[] TEXTS = {"\"\"", "\"a\\\"},{\\\\\"", "\"ü, ]\"", "-1.5e3", "true"};

  private final Random random = new Random(20_261_121);

  private ObjectShape shape(int depth) {
    var sources = new ArrayList<String>();
    var slots = new ArrayList<Slot>();
    int members = 1 + random.nextInt(4);
    for (int i = 0; i < members; i++) {
      if (random.nextInt(6) == 0) {
        slots.add(new Slot("t" + i, new Content.TypeName("Thing")));
      }
      sources.add("m" + i);
      var name = random.nextInt(4) == 0 ? "alias" + i : "m" + i;
      slots.add(new Slot(name, content(i, depth)));
    }
    if (random.nextInt(6) == 0) {
      slots.add(new Slot("__typename", new Content.TypeName("Thing")));
    }
    return new ObjectShape(sources, slots);
  }

  private Content content(int source, int depth) {
    var presence = random.nextBoolean() ? Presence.REQUIRED : Presence.OPTIONAL;
    return switch (depth == 0 ? random.nextInt(2) : random.nextInt(4)) {
      case 0 -> new Content.Leaf(source, presence);
      case 1 -> new Content.Quoted(source, presence);
      case 2 -> new Content.Nested(source, presence, shape(depth - 1));
      default -> new Content.Rows(source, presence, shape(depth - 1));
    };
  }

  /// An object as a store may give it: with more than was asked for, or less.
  private String object(ObjectShape shape) {
    var members = new ArrayList<String>();
    more(members);
    for (var slot : shape.slots()) {
      var value = value(slot.content());
      if (value != null && random.nextInt(40) > 0) {
        members.add("\"m" + source(slot.content()) + "\":" + value);
      }
      more(members);
    }
    if (random.nextInt(20) == 0) {
      Collections.shuffle(members, random);
    }
    return "{" + String.join(",", members) + "}";
  }

  private void more(List<String> members) {
    if (random.nextInt(8) == 0) {
      members.add("\"x" + members.size() + "\":{\"m0\":[1,{}]}");
    }
  }

  private static int source(Content content) {
    return switch (content) {
      case Content.Leaf(var source, _) -> source;
      case Content.Quoted(var source, _) -> source;
      case Content.Nested(var source, _, _) -> source;
      case Content.Rows(var source, _, _) -> source;
      case Content content2 -> throw new IllegalStateException("no source in " + content2);
    };
  }

  private @Nullable String value(Content content) {
    if (random.nextInt(15) == 0 && !(content instanceof Content.TypeName)) {
      return "null";
    }
    return switch (content) {
      case Content.TypeName _ -> null;
      case Content.Leaf _ -> TEXTS[random.nextInt(TEXTS.length)];
      case Content.Quoted _ -> String.valueOf(random.nextInt(100));
      case Content.Nested(_, _, var shape) -> object(shape);
      case Content.Rows(_, _, var shape) -> {
        var rows = new ArrayList<String>();
        for (int i = random.nextInt(4); i > 0; i--) {
          rows.add(object(shape));
        }
        yield "[" + String.join(",", rows) + "]";
      }
      case Content other -> throw new IllegalStateException("not made here: " + other);
    };
  }

  @Test
  void gives_what_the_long_way_gives_or_gives_up() {
    int straightOnes = 0;
    for (int i = 0; i < SHAPES; i++) {
      var shape = shape(3);
      var straight = Straight.of(shape);
      var json = object(shape);
      var bytes = json.getBytes(StandardCharsets.UTF_8);
      var out = new AnswerBytes();
      out.text("before");
      var longer = new AnswerBytes();
      longer.text("before");
      boolean there = new Splicer(shape, null).write(bytes, longer);
      if (straight != null && straight.write(bytes, out)) {
        straightOnes++;
        assertThat(there).as(json).isTrue();
        assertThat(text(out)).as("%s of %s", shape, json).isEqualTo(text(longer));
      } else {
        assertThat(text(out)).isEqualTo("before");
      }
    }
    assertThat(straightOnes).isGreaterThan(SHAPES / 4);
  }

  private static String text(AnswerBytes out) {
    return new String(out.toByteArray(), StandardCharsets.UTF_8);
  }
}
