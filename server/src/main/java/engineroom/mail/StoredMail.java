package engineroom.mail;

import engineroom.data.Value;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One mail of the outbox.
///
/// @param recipient the address as it was when the mail was written
/// @param values what its template gets; null once it was sent, or is too old to be sent
/// @param attempts to send it so far
/// @param due when it is tried next; null where it is not
/// @param error why the last attempt failed; null where none did
public record StoredMail(
    Value id,
    Instant written,
    String template,
    Mailbox recipient,
    String language,
    @Nullable Map<String, String> values,
    State state,
    int attempts,
    @Nullable Instant due,
    @Nullable String error) {

  /// How far it is.
  public enum State {
    QUEUED,
    /// Taken by a sender, or left behind by one that was stopped: then it is due again.
    SENDING,
    SENT,
    /// Refused, or tried too often.
    FAILED,
    /// Not to be sent: by `dev`, or where no server is set.
    KEPT;

    /// As it is stored and asked for: `queued`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// The one of a word.
    public static Optional<State> find(String word) {
      return Arrays.stream(values()).filter(state -> state.word().equals(word)).findAny();
    }
  }

  /// What its template is filled in with; absent once that is gone.
  Optional<Message> message() {
    return Optional.ofNullable(values)
        .map(known -> new Message(template, recipient, language, known));
  }

  /// Its id as text.
  public String key() {
    return id instanceof Value.Uuid(var uuid) ? uuid.toString() : id.toString();
  }
}
