package engineroom.run;

import engineroom.authorize.Shape;
import engineroom.authorize.Shape.Member;
import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression;
import java.nio.charset.StandardCharsets;

/// The JSON of a row that answers its shape by itself, as any store would write it.
final class OwnJson {
  private OwnJson() {}

  /// Whether a shape asks for nothing but fields that a row holds, and hides none of them.
  static boolean suffices(Shape shape) {
    for (var member : shape.members()) {
      var own =
          switch (member) {
            case Member.Plain(var field, var visible) -> !field.virtual() && isTrue(visible);
            case Member.One(_, var visible, _, var more) ->
                isTrue(visible) && more.members().isEmpty();
            case Member.Many _ -> false;
          };
      if (!own) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTrue(Expression visible) {
    return visible.equals(Expression.TRUE);
  }

  /// Writes a row by a shape for which it [suffices].
  static byte[] write(Shape shape, Row row) {
    var out = new StringBuilder(512);
    var before = '{';
    for (var member : shape.members()) {
      out.append(before);
      before = ',';
      JsonText.quote(out, member.name());
      out.append(':');
      var value = row.value(member.name());
      if (member instanceof Member.One && value != Value.NULL) {
        JsonText.append(out.append("{\"id\":"), value);
        out.append('}');
      } else {
        JsonText.append(out, value);
      }
    }
    return out.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }
}
