package engineroom.door.cursor;

import engineroom.data.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Sort values as bytes, and back.
final class KeyBytes {
  private KeyBytes() {}

  static byte[] written(List<Value> values) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(values.size());
      for (var value : values) {
        write(out, value);
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Value value) throws IOException {
    switch (value) {
      case Value.Null _ -> out.writeByte('0');
      case Value.Text(var text) -> text(out, 't', text);
      case Value.Integer(var number) -> number(out, 'i', number);
      case Value.Decimal(var number) -> text(out, 'd', number.toString());
      case Value.Number(var number) -> number(out, 'n', Double.doubleToLongBits(number));
      case Value.Bool(var truth) -> number(out, 'b', truth ? 1 : 0);
      case Value.Timestamp(var instant) -> text(out, 's', instant.toString());
      case Value.Date(var date) -> number(out, 'y', date.toEpochDay());
      case Value.Time(var time) -> number(out, 'h', time.toNanoOfDay());
      case Value.Span(var duration) -> text(out, 'p', duration.toString());
      case Value.Uuid(var id) -> text(out, 'u', id.toString());
      case Value.Bytes _, Value.Json _, Value.Point _, Value.Money _, Value.ListOf _ ->
          throw new IllegalStateException("no order has " + value.getClass().getSimpleName());
    }
  }

  private static void text(DataOutputStream out, char kind, String text) throws IOException {
    out.writeByte(kind);
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static void number(DataOutputStream out, char kind, long number) throws IOException {
    out.writeByte(kind);
    out.writeLong(number);
  }

  static List<Value> read(byte[] bytes) throws IOException {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int size = in.readUnsignedByte();
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        values.add(value(in));
      }
      return values;
    }
  }

  private static Value value(DataInputStream in) throws IOException {
    char kind = (char) in.readByte();
    return switch (kind) {
      case '0' -> Value.NULL;
      case 't' -> Value.of(text(in));
      case 'i' -> Value.of(in.readLong());
      case 'd' -> new Value.Decimal(new BigDecimal(text(in)));
      case 'n' -> new Value.Number(Double.longBitsToDouble(in.readLong()));
      case 'b' -> Value.of(in.readLong() == 1);
      case 's' -> new Value.Timestamp(Instant.parse(text(in)));
      case 'y' -> new Value.Date(LocalDate.ofEpochDay(in.readLong()));
      case 'h' -> new Value.Time(LocalTime.ofNanoOfDay(in.readLong()));
      case 'p' -> new Value.Span(Duration.parse(text(in)));
      case 'u' -> new Value.Uuid(UUID.fromString(text(in)));
      default -> throw new IOException("unknown kind " + kind);
    };
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
