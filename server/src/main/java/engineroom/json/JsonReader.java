package engineroom.json;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.RequestProblem.OverLimit;
import engineroom.problem.RequestProblem.Unreadable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// Turns bytes into JSON, strictly: UTF-8 without a byte order mark, RFC 8259 to the letter, no
/// member twice, no half of a surrogate pair, within the limits.
public final class JsonReader {
  /// What stands behind the first words of a mistake: more lines, and places as the library says
  /// them.
  private static final Pattern PLACES = Pattern.compile("\n| \\(start marker at ");

  /// The library's own limits are off, because they can't name which limit was passed; ours come
  /// first.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .build();

  /// A number's text may be longer than its digits that count, by leading zeros, but not without
  /// end.
  private static final int NUMBER_TEXT_PER_DIGIT = 4;

  private final JsonParser parser;
  private final JsonLimits limits;
  private final int firstLine;

  private JsonReader(JsonParser parser, JsonLimits limits, int firstLine) {
    this.parser = parser;
    this.limits = limits;
    this.firstLine = firstLine;
  }

  /// Reads the one value that the bytes hold.
  public static Json read(byte[] bytes, JsonLimits limits) {
    return read(ByteBuffer.wrap(bytes), limits, 1);
  }

  /// @param firstLine the number of the first line, for the texts of mistakes
  static Json read(ByteBuffer bytes, JsonLimits limits, int firstLine) {
    var text = decode(bytes, firstLine);
    try (var parser =
        FACTORY.createParser(ObjectReadContext.empty(), text.array(), 0, text.remaining())) {
      return new JsonReader(parser, limits, firstLine).document();
    }
  }

  private static CharBuffer decode(ByteBuffer bytes, int firstLine) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var text = CharBuffer.allocate(bytes.remaining());
    var result = decoder.decode(bytes, text, true);
    text.flip();
    if (result.isError()) {
      var before = text.toString();
      int line = firstLine + (int) before.chars().filter(c -> c == '\n').count();
      int column = before.length() - before.lastIndexOf('\n');
      throw unreadable(line, column, "The bytes are not UTF-8.");
    }
    if (text.hasRemaining() && text.get(0) == '\uFEFF') {
      throw unreadable(firstLine, 1, "Leave out the byte order mark.");
    }
    return text;
  }

  private Json document() {
    try {
      var first = parser.nextToken();
      if (first == null) {
        throw unreadable(firstLine, 1, "It is empty.");
      }
      var value = value(first, 0);
      if (parser.nextToken() != null) {
        throw here("Only one value is read.");
      }
      return value;
    } catch (JacksonException mistake) {
      var place = mistake.getLocation();
      int line = place == null ? 1 : Math.max(1, place.getLineNr());
      int column = place == null ? 1 : Math.max(1, place.getColumnNr());
      throw unreadable(firstLine + line - 1, column, plain(mistake.getOriginalMessage()));
    }
  }

  private Json value(JsonToken token, int depth) {
    return switch (token) {
      case START_OBJECT -> object(deeper(depth));
      case START_ARRAY -> array(deeper(depth));
      case VALUE_STRING -> new Json.Text(text(parser.getString()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
      case VALUE_TRUE -> new Json.Bool(true);
      case VALUE_FALSE -> new Json.Bool(false);
      case VALUE_NULL -> Json.Null.NULL;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw here("A value is missing.");
    };
  }

  private Json object(int depth) {
    var members = new LinkedHashMap<String, Json>();
    while (next() == JsonToken.PROPERTY_NAME) {
      var name = text(parser.currentName());
      if (members.containsKey(name)) {
        throw here("The member \"" + name + "\" is there twice.");
      }
      counted(members.size());
      members.put(name, value(next(), depth));
    }
    return new Json.Obj(members);
  }

  private Json array(int depth) {
    List<Json> elements = new ArrayList<>();
    for (var token = next(); token != JsonToken.END_ARRAY; token = next()) {
      counted(elements.size());
      elements.add(value(token, depth));
    }
    return new Json.Arr(elements);
  }

  private JsonToken next() {
    var token = parser.nextToken();
    if (token == null) {
      throw here("It ends too early.");
    }
    return token;
  }

  private int deeper(int depth) {
    if (depth >= limits.depth()) {
      throw overLimit("json-depth", "JSON may be " + limits.depth() + " levels deep.");
    }
    return depth + 1;
  }

  private void counted(int size) {
    if (size >= limits.arrayLength()) {
      throw overLimit(
          "json-array", "A JSON array or object may have " + limits.arrayLength() + " elements.");
    }
  }

  private String text(String text) {
    if (text.length() > limits.stringLength()) {
      throw overLimit(
          "json-string", "A JSON text may have " + limits.stringLength() + " characters.");
    }
    if (text.codePoints().anyMatch(JsonReader::surrogate)) {
      throw here("A text has half of a surrogate pair.");
    }
    return text;
  }

  private static boolean surrogate(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  private Json number() {
    var text = parser.getString();
    boolean tooLong = text.length() > NUMBER_TEXT_PER_DIGIT * limits.numberDigits();
    if (tooLong || digits(text) > limits.numberDigits()) {
      throw overLimit(
          "json-number", "A JSON number may have " + limits.numberDigits() + " digits.");
    }
    return new Json.Num(text);
  }

  private static int digits(String number) {
    int digits = 0;
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      boolean leadingZero = c == '0' && digits == 0;
      digits += Character.isDigit(c) && !leadingZero ? 1 : 0;
    }
    return digits;
  }

  private RuntimeException here(String why) {
    var place = parser.currentTokenLocation();
    return unreadable(firstLine + place.getLineNr() - 1, place.getColumnNr(), why);
  }

  private static RuntimeException unreadable(int line, int column, String why) {
    return problem(
        new Unreadable("The body is not JSON: line " + line + ", column " + column + ".", why));
  }

  private RuntimeException overLimit(String limit, String title) {
    var place = parser.currentTokenLocation();
    return problem(
        new OverLimit(
            limit,
            title.substring(0, title.length() - 1)
                + " at most; there are more at line "
                + (firstLine + place.getLineNr() - 1)
                + "."));
  }

  /// What the library says, without where it says that it was: that is told already.
  private static String plain(String message) {
    return PLACES.split(message, 2)[0];
  }
}
