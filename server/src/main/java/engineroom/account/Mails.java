package engineroom.account;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.records.Records;
import java.util.LinkedHashMap;
import java.util.Map;

/// Sends mails about accounts: kept with what caused them, sent once that is certain.
public interface Mails {
  /// Sends one mail.
  ///
  /// @param records of the transaction that causes it
  /// @param template `confirm-email`
  /// @param recipient an address
  /// @param locale the recipient's language, or null where it is not known
  /// @param values what the template names; the token of a link is `token`
  void send(
      Records records, String template, String recipient, Value locale, Map<String, String> values);

  /// Sends one to an address of a user.
  ///
  /// @param field that holds the address
  /// @param values what the template names besides the user's name
  default void toUser(
      Records records, String template, Row user, String field, Map<String, String> values) {
    var all = new LinkedHashMap<>(values);
    all.put("name", Fields.text(user, "name"));
    send(records, template, Fields.text(user, field), user.value("locale"), all);
  }
}
