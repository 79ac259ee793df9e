package engineroom.audit;

import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression.Comparison;
import engineroom.records.Records;
import engineroom.records.Where;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The entries, each with the hash of the one before it.
final class Chain {
  static final String ENTRY = "auditEntry";

  /// What the first entry counts as the hash before it.
  static final String BEGIN = "0".repeat(64);

  /// In the order in which they are hashed; those without a value are left out.
  private static final List<String> HASHED =
      List.of(
          "id",
          "time",
          "kind",
          "outcome",
          "who",
          "impersonator",
          "roles",
          "door",
          "method",
          "path",
          "session",
          "address",
          "agent",
          "requestId",
          "entity",
          "rowId",
          "changed",
          "oldValues",
          "newValues",
          "detail",
          "change");

  private Chain() {}

  /// Adds entries behind the head, and gives the head that follows; who calls keeps it.
  static Head append(Records within, Head head, List<Draft> drafts) {
    var rows = new ArrayList<Map<String, Value>>(drafts.size());
    var number = head.number();
    var hash = head.hash();
    for (var draft : drafts) {
      var row = new LinkedHashMap<String, Value>();
      row.put("id", Value.of(++number));
      row.putAll(draft.values());
      hash = hash(hash, row);
      row.put("hash", Value.of(hash));
      rows.add(row);
    }
    if (!rows.isEmpty()) {
      within.createAll(ENTRY, rows);
    }
    return head.at(number, hash);
  }

  /// The hash of an entry: SHA-256 of the hash before it, a line feed, and the entry as JSON.
  static String hash(String before, Map<String, Value> values) {
    var text = new StringBuilder(before).append("\n{");
    var separator = "";
    for (var name : HASHED) {
      var value = values.getOrDefault(name, Value.NULL);
      if (value != Value.NULL) {
        JsonText.quote(text.append(separator), name);
        JsonText.append(text.append(':'), value);
        separator = ",";
      }
    }
    return hex(text.append('}').toString());
  }

  private static String hex(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Entries after a number, in order.
  static List<Row> after(Records records, long number, int limit) {
    var later = Where.ALL.and("id", Comparison.GREATER, Value.of(number));
    return records.all(ENTRY, later, limit);
  }
}
