package engineroom.door.cursor;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.operation.Query;
import engineroom.operation.Selection.Sort;
import engineroom.problem.RequestProblem.BadParameter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes cursors that reveal nothing and can't be forged: the sort values of a row, sealed and
/// bound to the question they answer. The same page has the same cursor and so the same ETag. Safe
/// for any number of threads.
public final class CursorSeal {
  private static final int KEY_BYTES_MIN = 32;
  private static final int LENGTH_MAX = 6_000;
  private static final int SEALERS_KEPT = 64;
  private static final int SHAPES_MAX = 10_000;

  private final SecretKeySpec sealing;
  private final SecretKeySpec naming;
  private final BlockingQueue<Sealer> idle = new ArrayBlockingQueue<>(SEALERS_KEPT);
  private final Map<Question, byte[]> shapes = new ConcurrentHashMap<>();

  /// What a cursor is bound to.
  private record Question(String entity, Expression filter, List<Sort> sort) {}

  /// What a sealer does.
  private interface Work {
    byte[] with(Sealer sealer) throws GeneralSecurityException;
  }

  /// @param key 32 bytes or more, kept secret and the same on every node
  public CursorSeal(byte[] key) {
    if (key.length < KEY_BYTES_MIN) {
      throw new IllegalArgumentException(
          "the cursor key must have 32 bytes or more, had " + key.length);
    }
    sealing = new SecretKeySpec(derived(key, "cursor seal"), "AES");
    naming = new SecretKeySpec(derived(key, "cursor nonce"), "HmacSHA256");
  }

  private static byte[] derived(byte[] key, String purpose) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The cursor of a row of a question.
  public String seal(Query query, List<Value> keys) {
    try {
      var sealed = with(sealer -> sealer.seal(shape(query), KeyBytes.written(keys)));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The sort values behind a cursor of the same question.
  public List<Value> open(Query query, String cursor) {
    if (cursor.length() > LENGTH_MAX) {
      throw refused();
    }
    try {
      var whole = Base64.getUrlDecoder().decode(cursor);
      return KeyBytes.read(with(sealer -> sealer.open(shape(query), whole)));
    } catch (GeneralSecurityException | IllegalArgumentException | IOException _) {
      throw refused();
    }
  }

  private static RuntimeException refused() {
    return problem(
        new BadParameter(
            "The cursor in after is not one of this query.",
            "Take page.next of the page before, and change nothing but limit, fields and"
                + " expand."));
  }

  /// A sealer that failed is not used again.
  private byte[] with(Work work) throws GeneralSecurityException {
    var waiting = idle.poll();
    var sealer = waiting == null ? new Sealer(sealing, naming) : waiting;
    var done = work.with(sealer);
    var _ = idle.offer(sealer);
    return done;
  }

  private byte[] shape(Query query) {
    if (shapes.size() >= SHAPES_MAX) {
      shapes.clear();
    }
    var question = new Question(query.entity(), query.filter(), query.sort());
    return shapes.computeIfAbsent(question, CursorSeal::digest);
  }

  private static byte[] digest(Question question) {
    var text = question.entity() + '\n' + question.filter() + '\n' + question.sort();
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
