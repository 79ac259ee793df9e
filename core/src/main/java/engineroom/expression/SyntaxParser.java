package engineroom.expression;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Lexer.Kind;
import engineroom.expression.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads the grammar: operators by how strongly they bind.
final class SyntaxParser {
  private static final Map<String, Integer> STRENGTH =
      Map.ofEntries(
          Map.entry("||", 1),
          Map.entry("&&", 2),
          Map.entry("==", 3),
          Map.entry("!=", 3),
          Map.entry("<", 3),
          Map.entry("<=", 3),
          Map.entry(">", 3),
          Map.entry(">=", 3),
          Map.entry("in", 3),
          Map.entry("+", 4),
          Map.entry("-", 4),
          Map.entry("*", 5),
          Map.entry("/", 5),
          Map.entry("%", 5));

  private final List<Token> tokens;
  private int next;
  private int depth;
  private int nodes;

  private SyntaxParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Syntax parse(String text) {
    var parser = new SyntaxParser(new Lexer(text).tokens());
    var syntax = parser.choice();
    var rest = parser.peek();
    if (rest.kind() != Kind.END) {
      throw Lexer.mistake(rest.at(), "The expression should end before " + shown(rest) + ".", null);
    }
    return syntax;
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    return tokens.get(next++);
  }

  private <S extends Syntax> S counted(S syntax) {
    if (++nodes > ExpressionReader.NODES_MAX) {
      throw Lexer.mistake(
          syntax.at(),
          "The expression has more than " + ExpressionReader.NODES_MAX + " parts.",
          "Divide it.");
    }
    return syntax;
  }

  private Syntax choice() {
    if (++depth > ExpressionReader.DEPTH_MAX) {
      throw Lexer.mistake(
          peek().at(),
          "The expression is nested more than " + ExpressionReader.DEPTH_MAX + " deep.",
          "Divide it.");
    }
    var condition = binary(1);
    if (peek().is("?")) {
      int at = take().at();
      var then = choice();
      expect(":");
      condition = counted(new Syntax.Choice(condition, then, choice(), at));
    }
    depth--;
    return condition;
  }

  private Syntax binary(int strength) {
    var left = unary();
    while (true) {
      var operator = peek();
      int binds = strength(operator);
      if (binds < strength) {
        return left;
      }
      take();
      left = counted(new Syntax.Binary(operator.text(), left, binary(binds + 1), operator.at()));
    }
  }

  private static int strength(Token token) {
    boolean word = token.kind() == Kind.NAME && token.text().equals("in");
    return word || token.kind() == Kind.SIGN ? STRENGTH.getOrDefault(token.text(), 0) : 0;
  }

  private Syntax unary() {
    var sign = peek();
    if (!sign.is("!") && !sign.is("-")) {
      return members();
    }
    take();
    var number = peek();
    if (sign.is("-") && (number.kind() == Kind.WHOLE || number.kind() == Kind.FRACTION)) {
      take();
      return after(number(new Token(number.kind(), "-" + number.text(), sign.at())));
    }
    if (++depth > ExpressionReader.DEPTH_MAX) {
      throw Lexer.mistake(sign.at(), "The expression is nested too deep.", "Divide it.");
    }
    var operand = unary();
    depth--;
    return counted(new Syntax.Unary(sign.text(), operand, sign.at()));
  }

  private Syntax members() {
    return after(primary());
  }

  private Syntax after(Syntax start) {
    var syntax = start;
    while (peek().is(".")) {
      take();
      var name = take();
      if (name.kind() != Kind.NAME) {
        throw Lexer.mistake(name.at(), "A name should follow the dot.", null);
      }
      syntax =
          peek().is("(")
              ? counted(new Syntax.Invocation(syntax, name.text(), arguments(), name.at()))
              : counted(new Syntax.Member(syntax, name.text(), name.at()));
    }
    return syntax;
  }

  private Syntax primary() {
    var token = take();
    return switch (token.kind()) {
      case WHOLE, FRACTION -> number(token);
      case TEXT -> constant(text(token), Type.Scalar.TEXT, token.at());
      case NAME -> named(token);
      case SIGN -> bracketed(token);
      case END -> throw Lexer.mistake(token.at(), "The expression ends too early.", null);
    };
  }

  private static Value text(Token token) {
    if (token.text().indexOf('\0') >= 0) {
      throw Lexer.mistake(token.at(), "Text can't contain the character U+0000.", null);
    }
    return Value.of(token.text());
  }

  private Syntax named(Token token) {
    return switch (token.text()) {
      case "true" -> constant(Value.of(true), Type.Scalar.BOOLEAN, token.at());
      case "false" -> constant(Value.of(false), Type.Scalar.BOOLEAN, token.at());
      case "null" -> constant(Value.NULL, Type.Scalar.NULL, token.at());
      default ->
          peek().is("(")
              ? counted(new Syntax.Invocation(null, token.text(), arguments(), token.at()))
              : counted(new Syntax.Name(token.text(), token.at()));
    };
  }

  private Syntax bracketed(Token token) {
    if (token.is("(")) {
      var inner = choice();
      expect(")");
      return inner;
    }
    if (token.is("[")) {
      return counted(new Syntax.Elements(list("]"), token.at()));
    }
    throw Lexer.mistake(token.at(), "A value should stand before " + shown(token) + ".", null);
  }

  private List<Syntax> arguments() {
    take();
    return list(")");
  }

  private List<Syntax> list(String end) {
    var elements = new ArrayList<Syntax>();
    if (peek().is(end)) {
      take();
      return elements;
    }
    elements.add(choice());
    while (peek().is(",")) {
      take();
      elements.add(choice());
    }
    expect(end);
    return elements;
  }

  private void expect(String sign) {
    var token = take();
    if (!token.is(sign)) {
      throw Lexer.mistake(
          token.at(), "Here should be " + sign + " and not " + shown(token) + ".", null);
    }
  }

  private Syntax number(Token token) {
    try {
      if (token.kind() == Kind.WHOLE) {
        return constant(
            Value.of(Long.decode(decodable(token.text()))), Type.Scalar.INTEGER, token.at());
      }
      return constant(
          new Value.Number(Double.parseDouble(token.text())), Type.Scalar.NUMBER, token.at());
    } catch (IllegalArgumentException _) {
      throw Lexer.mistake(
          token.at(), token.text() + " is no number of 64 bits.", "Use a smaller number.");
    }
  }

  /// Leading zeros would mean octal.
  private static String decodable(String text) {
    return text.contains("x") || text.contains("X")
        ? text
        : text.replaceFirst("^(-?)0+(?=\\d)", "$1");
  }

  private Syntax constant(Value value, Type type, int at) {
    return counted(new Syntax.Constant(new Expression.Literal(value, type), at));
  }

  private static String shown(Token token) {
    return token.kind() == Kind.END ? "the end" : token.text();
  }
}
