package engineroom.stores;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the reads of one request have to know of, and what its writes leave behind for later ones.
/// Carried by a scoped value, so that no signature needs it; where none is bound, the server that
/// is written to answers. One request is one thread: not safe for more.
public final class Freshness {
  /// What the request that the current thread works on needs.
  public static final ScopedValue<Freshness> CURRENT = ScopedValue.newInstance();

  private final Reads reads;
  private final long seen;
  private long written;
  private boolean chosen;
  private @Nullable Copy copy;

  /// Who may answer.
  public enum Reads {
    /// The server that is written to, alone.
    PRIMARY,
    /// A copy too: where it fails, the read is done again.
    REPEATED,
    /// A copy too, if nothing it does by itself ends the read: what was sent can't be taken back.
    LASTING
  }

  /// A copy of the database that answers.
  public interface Copy {}

  /// @param seen the position that a copy must have reached; see [#written]
  public Freshness(Reads reads, long seen) {
    this.reads = reads;
    this.seen = seen;
  }

  /// The request that is worked on; nothing where a copy must not answer it.
  public static Optional<Freshness> ofReads() {
    return CURRENT.isBound() && CURRENT.get().reads != Reads.PRIMARY
        ? Optional.of(CURRENT.get())
        : Optional.empty();
  }

  public Reads reads() {
    return reads;
  }

  /// The position that a copy must have reached.
  public long seen() {
    return seen;
  }

  /// Whether it was decided who answers: one server does, for all reads of a request.
  public boolean chosen() {
    return chosen;
  }

  /// The copy that answers; null for none.
  public @Nullable Copy copy() {
    return copy;
  }

  /// Decides who answers.
  public void choose(@Nullable Copy other) {
    chosen = true;
    copy = other;
  }

  /// Notes where the log of the database ended after a write: what has come so far has it. What is
  /// read of the same request then has it too.
  public void wrote(long position) {
    written = position;
    if (reads == Reads.REPEATED) {
      choose(null);
    }
  }

  /// Where the log of the database ended after the last write; 0 where nothing was written.
  public long written() {
    return written;
  }
}
