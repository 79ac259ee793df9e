package engineroom.account;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.records.Records;
import engineroom.records.Where;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The rows of users, as signing in finds them.
public final class Users {
  public static final String ENTITY = "user";

  private final Records records;

  public Users(Records records) {
    this.records = records;
  }

  /// One way of writing an address: its domain is the same in any case of letters.
  public static String folded(String address) {
    int at = address.lastIndexOf('@');
    return at < 0
        ? address
        : address.substring(0, at + 1) + address.substring(at + 1).toLowerCase(Locale.ROOT);
  }

  /// The id of a user that was written as text.
  static Value id(String text) {
    return new Value.Uuid(UUID.fromString(text));
  }

  public Optional<Row> find(Value id) {
    return records.find(ENTITY, id);
  }

  /// The one whose confirmed address, or address given by administrators, this is.
  public Optional<Row> byEmail(String address) {
    return records.first(ENTITY, Where.is("email", Value.of(folded(address))));
  }

  /// The last one who signed up with an address and has not confirmed it.
  public Optional<Row> claiming(String address) {
    var where = Where.is("newEmail", Value.of(folded(address))).andIs("email", Value.NULL);
    return records.last(ENTITY, where, "createdAt", 1).stream().findFirst();
  }

  Optional<Row> byUserName(String name) {
    return records.first(ENTITY, Where.is("userName", Value.of(name)));
  }

  public void change(Value id, Map<String, Value> values) {
    records.set(ENTITY, id, values);
  }
}
