package engineroom.mail;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/// One address of a mail and the name shown with it. No character of either can end a header field
/// or begin another address.
///
/// @param name empty where there is none
/// @param address `ann@example.org`; the domain in ASCII
public record Mailbox(String name, String address) {
  /// Characters of a name.
  static final int NAME_MAX = 100;

  /// Characters of an address (RFC 5321, 4.5.3.1.3).
  static final int ADDRESS_MAX = 254;

  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\x{A1}-\\x{10FFFF}-]+";
  private static final Pattern ADDRESS =
      Pattern.compile(
          ATOM
              + "(?:\\."
              + ATOM
              + ")*"
              + "@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
              + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*");
  private static final int LOCAL_MAX = 64;

  /// A domain that is in ASCII as it stands: no label has a hyphen, so none says `xn--`.
  private static final Pattern PLAIN_DOMAIN =
      Pattern.compile("[A-Za-z0-9]{1,63}(?:\\.[A-Za-z0-9]{1,63})*");

  public Mailbox {
    if (name.length() > NAME_MAX) {
      throw new IllegalArgumentException(
          "a name has at most " + NAME_MAX + " characters, and this one has " + name.length());
    }
    if (Plain.isBroken(name)) {
      throw new IllegalArgumentException("a name stands on one line, without control characters");
    }
    address = ascii(address);
    if (address.length() > ADDRESS_MAX
        || Plain.isBroken(address)
        || address.indexOf('@') > LOCAL_MAX
        || !ADDRESS.matcher(address).matches()) {
      throw new IllegalArgumentException("this is no address that mail can be sent to");
    }
  }

  /// An address without a name.
  public static Mailbox of(String address) {
    return new Mailbox("", address);
  }

  /// An address and somebody's name, as far as a mail can show it: on one line, and not too long.
  public static Mailbox of(String name, String address) {
    var line = Plain.line(name);
    int end = Math.min(line.length(), NAME_MAX);
    boolean halved = end < line.length() && Character.isLowSurrogate(line.charAt(end));
    return new Mailbox(line.substring(0, halved ? end - 1 : end).strip(), address);
  }

  /// The one that a text says: `Shop <shop@example.org>`, or an address alone.
  public static Mailbox parse(String text) {
    var written = text.strip();
    int open = written.indexOf('<');
    if (open < 0) {
      return of(written);
    }
    if (!written.endsWith(">")) {
      throw new IllegalArgumentException("a > ends the address");
    }
    var name = written.substring(0, open).strip();
    var quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
    return new Mailbox(
        quoted ? name.substring(1, name.length() - 1) : name,
        written.substring(open + 1, written.length() - 1));
  }

  private static String ascii(String address) {
    int at = address.lastIndexOf('@');
    if (at < 0) {
      return address;
    }
    var written = address.substring(at + 1);
    var domain =
        PLAIN_DOMAIN.matcher(written).matches()
            ? written
            : IDN.toASCII(written, IDN.USE_STD3_ASCII_RULES);
    return address.substring(0, at + 1) + domain.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return name.isEmpty() ? address : name + " <" + address + ">";
  }
}
