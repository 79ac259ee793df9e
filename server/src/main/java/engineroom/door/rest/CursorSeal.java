package engineroom.door.rest;

import engineroom.data.Value;
import engineroom.operation.Query;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Makes cursors that reveal nothing and can't be forged: the sort values of a row under
/// AES-256-GCM, bound to the question they answer. The nonce comes from the content, so that the
/// same page has the same cursor and the same ETag.
public final class CursorSeal {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int LENGTH_MAX = 6_000;

  private final SecretKeySpec sealing;
  private final SecretKeySpec naming;

  /// @param key 32 bytes or more, kept secret and the same on every node
  public CursorSeal(byte[] key) {
    if (key.length < 32) {
      throw new IllegalArgumentException(
          "the cursor key must have 32 bytes or more, had " + key.length);
    }
    sealing =
        new SecretKeySpec(mac(new SecretKeySpec(key, "HmacSHA256"), bytes("cursor seal")), "AES");
    naming =
        new SecretKeySpec(
            mac(new SecretKeySpec(key, "HmacSHA256"), bytes("cursor nonce")), "HmacSHA256");
  }

  /// The cursor of a row of a question.
  String seal(Query query, List<Value> keys) {
    var shape = shape(query);
    var plain = written(keys);
    var nonce = Arrays.copyOf(mac(naming, shape, plain), NONCE);
    try {
      var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, shape).doFinal(plain);
      var whole = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The sort values behind a cursor of the same question.
  List<Value> open(Query query, String cursor) {
    try {
      if (cursor.length() > LENGTH_MAX) {
        throw refused();
      }
      var whole = Base64.getUrlDecoder().decode(cursor);
      if (whole.length <= NONCE) {
        throw refused();
      }
      var nonce = Arrays.copyOf(whole, NONCE);
      var cipher = cipher(Cipher.DECRYPT_MODE, nonce, shape(query));
      return read(cipher.doFinal(whole, NONCE, whole.length - NONCE));
    } catch (GeneralSecurityException | IllegalArgumentException | IOException _) {
      throw refused();
    }
  }

  private static RuntimeException refused() {
    return Parameters.bad(
        "The cursor in after is not one of this query.",
        "Take page.next of the page before, and change nothing but limit, fields and expand.");
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] shape) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(shape);
    return cipher;
  }

  private static byte[] shape(Query query) {
    return bytes(query.entity() + '\n' + query.filter() + '\n' + query.sort());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] mac(SecretKeySpec key, byte[]... parts) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      for (var part : parts) {
        mac.update((byte) (part.length >> 16));
        mac.update((byte) (part.length >> 8));
        mac.update((byte) part.length);
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] written(List<Value> values) {
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
      case Value.Null.NULL -> out.writeByte('0');
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
    var bytes = bytes(text);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static void number(DataOutputStream out, char kind, long number) throws IOException {
    out.writeByte(kind);
    out.writeLong(number);
  }

  private static List<Value> read(byte[] bytes) throws IOException {
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
