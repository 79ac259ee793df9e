package engineroom.modelfile;

import engineroom.account.password.BreachedPasswords;
import engineroom.modelfile.AccountSettings.Confirm;
import engineroom.modelfile.AccountSettings.Lengths;
import engineroom.modelfile.AccountSettings.Rush;
import engineroom.modelfile.AccountSettings.SignUp;
import engineroom.modelfile.AccountSettings.Signature;
import engineroom.modelfile.AccountSettings.Tokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads `accounts` of `engineroom.yaml`.
final class AccountsReader {
  private final Path folder;
  private final Section section;
  private final AccountSettings usual;
  private final Mistakes mistakes;

  /// @param folder of the app, in which files are
  /// @param app its name, which is in the defaults
  AccountsReader(Path folder, Part part, String app, Mistakes mistakes) {
    this.folder = folder;
    section = Section.of("accounts", part, Options.names(Options.ACCOUNTS), mistakes);
    usual = AccountSettings.defaults(app);
    this.mistakes = mistakes;
  }

  AccountSettings read() {
    var confirm = word("confirm", Confirm.values(), usual.confirm());
    return new AccountSettings(
        word("signUp", SignUp.values(), usual.signUp()),
        confirm,
        section.has("anonymous") && section.yes("anonymous"),
        lengths(),
        new Tokens(
            name("issuer", usual.tokens().issuer()),
            name("audience", usual.tokens().audience()),
            signature()),
        breached(),
        unconfirmed(confirm),
        word("rush", Rush.values(), usual.rush()));
  }

  /// How long; null for ever.
  private @Nullable Duration unconfirmed(Confirm confirm) {
    var text = section.text("unconfirmed");
    if (text == null) {
      return confirm == Confirm.REQUIRED ? AccountSettings.UNCONFIRMED : null;
    }
    if (text.equals("off")) {
      return null;
    }
    var length = HeaderReader.length(text);
    if (length == null || length.compareTo(AccountSettings.UNCONFIRMED_MIN) < 0) {
      mistakes.add(
          section.place("unconfirmed"),
          "accounts: unconfirmed can't be " + text + ".",
          "Write two days or more, since that long a link is good: 7d. Or off.");
      return null;
    }
    return length;
  }

  private BreachedPasswords breached() {
    var text = section.text("breached");
    if (text == null) {
      return usual.breached();
    }
    var file = folder.resolve(text);
    BreachedPasswords.wrong(file)
        .ifPresent(
            wrong ->
                mistakes.add(
                    section.place("breached"),
                    "accounts: breached: " + text + " " + wrong + ".",
                    "Write the path of the list of Pwned Passwords, ordered by hash."));
    return BreachedPasswords.in(file);
  }

  private Signature signature() {
    var text = section.text("signature");
    if (text == null) {
      return usual.tokens().signature();
    }
    for (var signature : Signature.values()) {
      if (signature.algorithm().equals(text)) {
        return signature;
      }
    }
    unknown(
        "signature", text, Arrays.stream(Signature.values()).map(Signature::algorithm).toList());
    return usual.tokens().signature();
  }

  private <E extends Enum<E>> E word(String key, E[] values, E usual) {
    var text = section.text(key);
    if (text == null) {
      return usual;
    }
    var words = Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
    int at = words.indexOf(text);
    if (at < 0) {
      unknown(key, text, words);
      return usual;
    }
    return values[at];
  }

  private void unknown(String key, String text, List<String> words) {
    mistakes.unknown(
        section.place(key), "accounts: " + key + " can't be " + text + ".", text, words);
  }

  private Lengths lengths() {
    try {
      return Lengths.of(
          or("accessMinutes", (int) usual.lengths().access().toMinutes()),
          or("sessionDays", (int) usual.lengths().session().toDays()),
          or("idleDays", (int) usual.lengths().idle().toDays()));
    } catch (IllegalArgumentException e) {
      var message = String.valueOf(e.getMessage());
      var key = message.substring(0, message.indexOf(' '));
      mistakes.add(section.place(key), "accounts: " + message + ".", null);
      return usual.lengths();
    }
  }

  private int or(String key, int otherwise) {
    var value = section.count(key);
    return value == null ? otherwise : value;
  }

  private String name(String key, String otherwise) {
    var text = section.text(key);
    if (text == null) {
      return otherwise;
    }
    if (text.isBlank() || text.length() > Tokens.NAME_MAX) {
      mistakes.add(
          section.place(key),
          "accounts: " + key + " must have 1 to " + Tokens.NAME_MAX + " characters.",
          null);
      return otherwise;
    }
    return text;
  }
}
