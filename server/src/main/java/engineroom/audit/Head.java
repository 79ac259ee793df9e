package engineroom.audit;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.records.Records;
import engineroom.records.Where;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Where the log goes on: one row, changed in the transaction that adds entries.
///
/// @param number of the last entry
/// @param change of the change log, up to which there are entries; null before the first look
/// @param rows whether changes of rows are taken
/// @param cut the last entry that was cut off at the beginning; 0 for none
/// @param signed the last entry that a checkpoint covers
record Head(
    boolean stored,
    long number,
    String hash,
    @Nullable Long change,
    boolean rows,
    Cut cut,
    Signed signed) {
  private static final String ENTITY = "auditHead";
  private static final Value ID = Value.of("head");

  record Cut(long number, String hash) {}

  record Signed(long number, Instant time) {}

  static Head read(Records records) {
    return records
        .find(ENTITY, ID)
        .map(Head::of)
        .orElseGet(
            () ->
                new Head(
                    false,
                    0,
                    Chain.BEGIN,
                    null,
                    true,
                    new Cut(0, Chain.BEGIN),
                    new Signed(0, Instant.EPOCH)));
  }

  private static Head of(Row row) {
    return new Head(
        true,
        number(row, "number"),
        text(row, "hash"),
        row.value("change") == Value.NULL ? null : number(row, "change"),
        row.value("rows").equals(Value.of(true)),
        new Cut(number(row, "cut"), text(row, "cutHash")),
        new Signed(
            number(row, "signed"),
            row.value("signedAt") instanceof Value.Timestamp(var time) ? time : Instant.EPOCH));
  }

  static long number(Row row, String field) {
    return row.value(field) instanceof Value.Integer(var number) ? number : 0;
  }

  static String text(Row row, String field) {
    return row.value(field) instanceof Value.Text(var text) ? text : "";
  }

  Head at(long otherNumber, String otherHash) {
    return new Head(stored, otherNumber, otherHash, change, rows, cut, signed);
  }

  Head upTo(long otherChange) {
    return new Head(stored, number, hash, otherChange, rows, cut, signed);
  }

  Head taking(boolean otherRows) {
    return new Head(stored, number, hash, change, otherRows, cut, signed);
  }

  Head cutAt(Cut other) {
    return new Head(stored, number, hash, change, rows, other, signed);
  }

  Head signedAt(Instant time) {
    return new Head(stored, number, hash, change, rows, cut, new Signed(number, time));
  }

  void keep(Records within) {
    var row = new LinkedHashMap<String, Value>();
    row.put("number", Value.of(number));
    row.put("hash", Value.of(hash));
    row.put("change", change == null ? Value.NULL : Value.of(change));
    row.put("rows", Value.of(rows));
    row.put("cut", Value.of(cut.number()));
    row.put("cutHash", Value.of(cut.hash()));
    row.put("signed", Value.of(signed.number()));
    row.put("signedAt", new Value.Timestamp(signed.time()));
    if (stored) {
      within.changeWhere(ENTITY, Where.is("id", ID), row, 1);
    } else {
      row.put("id", ID);
      within.create(ENTITY, row);
    }
  }
}
