package engineroom.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Type;
import engineroom.data.Type.Scalar;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Fact;
import engineroom.expression.Expression.FactKind;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Not;
import engineroom.expression.Expression.Variable;
import org.junit.jupiter.api.Test;

class RowSightTest {
  private static final Type.RowOf PRODUCT = new Type.RowOf("product");
  private static final Variable ROW = new Variable(Variable.ROW, PRODUCT);
  private static final Expression CATEGORY = new Get(ROW, "category", new Type.RowOf("category"));
  private static final Expression SEEN = new Get(ROW, "seen", Scalar.BOOLEAN);

  @Test
  void sees_the_row_s_own_fields_and_parts_of_them() {
    assertThat(RowSight.own(new Not(SEEN))).isTrue();
    assertThat(RowSight.own(CATEGORY)).isTrue();
    var price = new Get(ROW, "price", Scalar.MONEY);
    assertThat(RowSight.own(new Get(price, "amount", Scalar.INTEGER))).isTrue();
    assertThat(RowSight.own(new Fact(FactKind.NOW, "", Scalar.TIMESTAMP))).isTrue();
  }

  @Test
  void does_not_see_other_rows_nor_the_caller() {
    assertThat(RowSight.own(new Get(CATEGORY, "name", Scalar.TEXT))).isFalse();
    assertThat(RowSight.own(new Get(ROW, "reviews", new Type.RowsOf("review")))).isFalse();
    assertThat(RowSight.own(new Not(new Fact(FactKind.SIGNED_IN, "", Scalar.BOOLEAN)))).isFalse();
  }

  @Test
  void decides_checks_that_reach_other_rows_but_not_those_of_the_row_before() {
    assertThat(RowSight.decidable(new Get(CATEGORY, "open", Scalar.BOOLEAN))).isTrue();
    var old = new Variable(Variable.OLD, PRODUCT);
    assertThat(RowSight.decidable(new Not(new Get(old, "seen", Scalar.BOOLEAN)))).isFalse();
    assertThat(RowSight.decidable(new Fact(FactKind.SIGNED_IN, "", Scalar.BOOLEAN))).isFalse();
  }
}
