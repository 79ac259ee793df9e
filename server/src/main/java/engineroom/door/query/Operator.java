package engineroom.door.query;

import engineroom.model.FieldType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The operators of filters, by the names that requests use.
public enum Operator {
  EQ("eq"),
  NE("ne"),
  LT("lt"),
  LTE("lte"),
  GT("gt"),
  GTE("gte"),
  IN("in"),
  NOT_IN("notIn"),
  LIKE("like"),
  ILIKE("ilike"),
  STARTS_WITH("startsWith"),
  ENDS_WITH("endsWith"),
  CONTAINS("contains"),
  IS_NULL("isNull"),
  BETWEEN("between"),
  ON("on"),
  SEARCH("search");

  private static final Set<Operator> EQUALITY = EnumSet.of(EQ, NE, IN, NOT_IN, IS_NULL);
  private static final Set<Operator> ORDER =
      EnumSet.of(EQ, NE, LT, LTE, GT, GTE, IN, NOT_IN, IS_NULL, BETWEEN);

  private final String spelling;

  Operator(String spelling) {
    this.spelling = spelling;
  }

  /// As requests write it: `notIn`.
  public String spelling() {
    return spelling;
  }

  static Optional<Operator> find(String spelling) {
    return Arrays.stream(values()).filter(o -> o.spelling.equals(spelling)).findFirst();
  }

  static List<String> spellings(Set<Operator> operators) {
    return operators.stream().map(Operator::spelling).toList();
  }

  /// What a reference, or a row of a list, can be asked.
  static Set<Operator> ofRows() {
    return EnumSet.of(EQ, NE, IN, NOT_IN, IS_NULL, SEARCH);
  }

  /// What a field can be asked.
  public static Set<Operator> of(FieldType type) {
    return switch (type) {
      case FieldType.Text _, FieldType.Choice _ -> EnumSet.complementOf(EnumSet.of(ON));
      case FieldType.Whole _, FieldType.Decimal _, FieldType.Number _ -> ORDER;
      case FieldType.Money(var currency, _, _) -> currency == null ? EnumSet.of(IS_NULL) : ORDER;
      case FieldType.Plain plain ->
          switch (plain) {
            case BOOLEAN, UUID -> EQUALITY;
            case TIMESTAMP, DATE -> with(ORDER, ON);
            case TIME, DURATION -> ORDER;
            case POINT, SECRET -> EnumSet.of(IS_NULL);
          };
      case FieldType.Json _, FieldType.Bytes _ -> EnumSet.of(IS_NULL);
      case FieldType.Reference _ -> ofRows();
      case FieldType.ListOf _ -> with(EQUALITY, CONTAINS);
    };
  }

  private static Set<Operator> with(Set<Operator> operators, Operator more) {
    var all = EnumSet.copyOf(operators);
    all.add(more);
    return all;
  }
}
