package engineroom.expression;

import engineroom.data.Value;
import engineroom.expression.Expression.Operator;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/// Arithmetic on times. What passes the years 0001 to 9999 is null.
public final class Moments {
  private Moments() {}

  /// Times with durations, times with times, durations with durations.
  static Value calculate(Operator operator, Value left, Value right) {
    try {
      return switch (operator) {
        case ADD -> right instanceof Value.Span(var span) ? plus(left, span) : swapped(left, right);
        case SUBTRACT ->
            right instanceof Value.Span(var span)
                ? plus(left, span.negated())
                : between(left, right);
        case MULTIPLY, DIVIDE, REMAINDER -> Value.NULL;
      };
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException _) {
      return Value.NULL; // out of the years that can be written
    }
  }

  private static Value swapped(Value left, Value right) {
    return left instanceof Value.Span(var span) ? plus(right, span) : Value.NULL;
  }

  private static Value plus(Value moment, Duration span) {
    return switch (moment) {
      case Value.Timestamp(var instant) -> new Value.Timestamp(instant.plus(span));
      case Value.Date(var date) -> date(date.plusDays(span.toDays()));
      case Value.Span(var other) -> new Value.Span(other.plus(span));
      case Value.Null _,
          Value.Text _,
          Value.Integer _,
          Value.Decimal _,
          Value.Number _,
          Value.Bool _,
          Value.Time _,
          Value.Uuid _,
          Value.Bytes _,
          Value.Json _,
          Value.Point _,
          Value.Money _,
          Value.ListOf _ ->
          Value.NULL;
    };
  }

  private static Value date(LocalDate date) {
    return date.getYear() >= 1 && date.getYear() <= 9999 ? new Value.Date(date) : Value.NULL;
  }

  private static Value between(Value left, Value right) {
    if (left instanceof Value.Timestamp(var a) && right instanceof Value.Timestamp(var b)) {
      return new Value.Span(Duration.between(b, a));
    }
    if (left instanceof Value.Date(var a) && right instanceof Value.Date(var b)) {
      return new Value.Span(Duration.ofDays(ChronoUnit.DAYS.between(b, a)));
    }
    return Value.NULL;
  }

  /// The day, or the first day of the year, month or week (from Monday); the first instant of the
  /// hour.
  public static Value part(Expression.Function function, Value moment) {
    if (function == Expression.Function.HOUR_OF) {
      return moment instanceof Value.Timestamp(var instant)
          ? new Value.Timestamp(instant.truncatedTo(ChronoUnit.HOURS))
          : Value.NULL;
    }
    var day =
        switch (moment) {
          case Value.Timestamp(var instant) -> LocalDate.ofInstant(instant, ZoneOffset.UTC);
          case Value.Date(var date) -> date;
          default -> null; // nothing else has a day
        };
    if (day == null) {
      return Value.NULL;
    }
    return switch (function) {
      case DATE_OF -> new Value.Date(day);
      case YEAR_OF -> new Value.Date(day.withDayOfYear(1));
      case MONTH_OF -> new Value.Date(day.withDayOfMonth(1));
      case WEEK_OF -> date(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
      case HOUR_OF,
          SIZE,
          STARTS_WITH,
          ENDS_WITH,
          CONTAINS,
          MATCHES,
          LOWER,
          UPPER,
          TRIM,
          LIKE,
          ILIKE,
          RELEVANCE,
          ROUND,
          MONEY_OF,
          NUMBER_OF ->
          Value.NULL;
    };
  }
}
