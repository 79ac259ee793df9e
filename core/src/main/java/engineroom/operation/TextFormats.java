package engineroom.operation;

import com.google.re2j.Pattern;
import engineroom.model.FieldType.Format;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What texts of the checked formats look like.
public final class TextFormats {
  /// The part before the `@` in at most 64 characters, the whole in at most 254 (RFC 5321,
  /// 4.5.3.1), as HTML checks it.
  private static final Pattern EMAIL =
      Pattern.compile(
          "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\\-\\x{80}-\\x{10FFFF}]{1,64}"
              + "@[A-Za-z0-9\\x{80}-\\x{10FFFF}](?:[A-Za-z0-9.\\-\\x{80}-\\x{10FFFF}]*"
              + "[A-Za-z0-9\\x{80}-\\x{10FFFF}])?$");

  private static final Pattern SLUG = Pattern.compile("^[a-z0-9]+(?:-[a-z0-9]+)*$");

  /// E.164: a plus and up to fifteen digits.
  private static final Pattern PHONE = Pattern.compile("^\\+[1-9][0-9]{1,14}$");

  /// The shape of BCP 47: a language and subtags.
  private static final Pattern LOCALE = Pattern.compile("^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$");

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private TextFormats() {}

  /// What is wrong with a text, to follow its name; null where nothing is.
  static @Nullable String mistake(Format format, String text) {
    return switch (format) {
      case PLAIN -> null;
      case EMAIL ->
          text.length() <= 254 && EMAIL.matches(text) && !text.contains("..")
              ? null
              : "is not an e-mail address such as ann@example.com";
      case URL -> url(text) ? null : "is not a URL such as https://example.com/page";
      case SLUG ->
          SLUG.matches(text) ? null : "must be lower-case letters and digits joined by hyphens";
      case PHONE ->
          PHONE.matches(text) ? null : "is not a phone number such as +4930123456 (E.164)";
      case COUNTRY ->
          COUNTRIES.contains(text) ? null : "is not a country code such as DE (ISO 3166-1)";
      case LOCALE -> LOCALE.matches(text) ? null : "is not a language tag such as de-AT (BCP 47)";
    };
  }

  /// Whether a code is a currency's (ISO 4217).
  public static boolean currency(String code) {
    return CURRENCIES.contains(code);
  }

  /// A slug made from any text: accents folded, everything else joined by hyphens.
  public static String slug(String text) {
    var folded =
        Normalizer.normalize(text, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT);
    return Arrays.stream(folded.split("[^a-z0-9]+"))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("-"));
  }

  private static boolean url(String text) {
    try {
      var url = new URI(text);
      return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
          && url.getHost() != null;
    } catch (URISyntaxException _) {
      return false; // what can't be parsed is no URL: that is the answer
    }
  }
}
