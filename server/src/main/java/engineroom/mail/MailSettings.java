package engineroom.mail;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the owner sets under `settings.mail`.
///
/// @param smtp null where mails are kept and not sent
/// @param origin of the app, that links in mails begin with; null where it is not set, and then the
///   program knows its own address only
/// @param language of mails to those whose own there is no template in: `en`, `de-AT`
public record MailSettings(
    @Nullable SmtpServer smtp, Mailbox from, @Nullable String origin, String language) {
  /// What an origin looks like: no path, no slash at the end.
  public static final Pattern ORIGIN =
      Pattern.compile("https?://(?:[a-z0-9.-]+|\\[[0-9a-f:]+\\])(?::[0-9]{1,5})?");

  /// What a language looks like (BCP 47, without extensions).
  public static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}");

  public MailSettings {
    if (origin != null && !ORIGIN.matcher(origin).matches()) {
      throw new IllegalArgumentException("origin must be scheme and host");
    }
    if (!LANGUAGE.matcher(language).matches()) {
      throw new IllegalArgumentException("language must be one like en or de-AT");
    }
  }

  /// What holds where the owner says nothing.
  public static MailSettings defaults() {
    return new MailSettings(null, Mailbox.of("noreply@localhost"), null, "en");
  }
}
