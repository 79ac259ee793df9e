package engineroom.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IdPartsTest {
  @Test
  void takes_apart_what_was_joined() {
    var parts = List.<Value>of(Value.of("a,~b"), Value.of(-7), Value.of(""));
    var id = IdParts.join(parts);
    assertThat(id).isEqualTo(Value.of("a~1~0b,-7,"));
    assertThat(IdParts.part(id, 0, 3, Type.Scalar.TEXT)).isEqualTo(parts.get(0));
    assertThat(IdParts.part(id, 1, 3, Type.Scalar.INTEGER)).isEqualTo(parts.get(1));
    assertThat(IdParts.part(id, 2, 3, Type.Scalar.TEXT)).isEqualTo(parts.get(2));
  }

  @Test
  void is_null_where_a_part_is() {
    assertThat(IdParts.join(List.of(Value.of(1), Value.NULL))).isEqualTo(Value.NULL);
  }

  @Test
  void knows_one_spelling_of_each_id() {
    for (var text : List.of("01,2", "1,2,3", "1", "+1,2", "-0,2", " 1,2")) {
      assertThat(IdParts.part(Value.of(text), 0, 2, Type.Scalar.INTEGER))
          .as(text)
          .isEqualTo(Value.NULL);
    }
    var upper = "0A5E9C3C-0000-7000-8000-000000000000,1";
    assertThat(IdParts.part(Value.of(upper), 0, 2, Type.Scalar.UUID)).isEqualTo(Value.NULL);
  }
}
