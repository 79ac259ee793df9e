package engineroom.mail;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// The mails that the program itself sends, each with the values that its template gets. All of
/// them also know `app`, the app's name, and `address`, where the mail goes.
public enum BuiltInMail {
  CONFIRM_EMAIL("name", "link", "hours"),
  MAGIC_LINK("name", "link", "minutes"),
  EMAIL_CODE("name", "code", "minutes"),
  RESET_PASSWORD("name", "link", "minutes"),
  /// To the old address.
  EMAIL_CHANGED("name", "newAddress"),
  /// To the new address.
  EMAIL_CHANGE("name", "link", "minutes"),
  /// To the old address, which has to agree and can stop it.
  EMAIL_LEAVING("name", "newAddress", "link", "minutes"),
  PASSWORD_CHANGED("name", "time"),
  SECOND_FACTOR_ON("name", "time"),
  SECOND_FACTOR_OFF("name", "time"),
  /// New ones took the place of those before.
  RECOVERY_CODES("name", "time"),
  /// Too many passwords or codes were wrong.
  UNLOCK("name", "link", "hours"),
  NEW_SIGN_IN("name", "time", "device"),
  /// To somebody who signs up with an address that has an account.
  ACCOUNT_EXISTS("name", "link"),
  INVITATION("inviter", "link", "days"),
  ACCOUNT_DELETED("name");

  /// What every template gets.
  static final List<String> ALWAYS = List.of("app", "address");

  /// The languages of the program's own templates.
  static final List<String> LANGUAGES = List.of("en", "de");

  @SuppressWarnings("ImmutableEnumChecker") // it can't be changed, though its type does not say so
  private final SortedSet<String> variables;

  BuiltInMail(String... variables) {
    this.variables = Collections.unmodifiableSortedSet(new TreeSet<>(Arrays.asList(variables)));
  }

  /// The name of its files: `confirm-email`.
  public String template() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The values that a message of it has, no fewer and no more.
  public SortedSet<String> variables() {
    return variables;
  }

  static Optional<BuiltInMail> find(String template) {
    return Arrays.stream(values()).filter(mail -> mail.template().equals(template)).findAny();
  }
}
