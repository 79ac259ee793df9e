package engineroom.stores.postgres.replica;

import engineroom.stores.PostgresAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The server that is written to, as its copies are measured by it: where its log ended, and when.
/// A copy that has replayed its log up to there has everything that was acknowledged before then,
/// by this process's clock alone.
final class Primary implements AutoCloseable {
  /// Where the log ends; the server, and the branch of its log; how it is cut into files.
  private static final String ASKED =
      "SELECT (pg_current_wal_insert_lsn() - '0/0')::int8,"
          + " (SELECT system_identifier FROM pg_control_system()),"
          + " ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::int4,"
          + " pg_size_bytes(current_setting('wal_segment_size'))";

  private static final long PAGE_BYTES = 8192;
  private static final int PAGE_HEAD_BYTES = 24;
  private static final int FILE_HEAD_BYTES = 40;

  private final Link link;
  private final long keptNanos;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private @Nullable Origin origin;

  /// A server, and the branch that its log is on: two copies of one server that both were written
  /// to are on different ones.
  record Origin(String system, int timeline) {}

  /// Everything acknowledged before a moment is in the log before a position.
  private record Mark(long nanos, long position) {}

  /// @param kept for how long moments are remembered
  Primary(PostgresAddress address, Duration kept) {
    this.link = new Link(address);
    this.keptNanos = kept.toNanos();
  }

  /// Asks it where its log ends; tells whether it answered.
  boolean look() {
    var now = System.nanoTime();
    try {
      var told = link.ask(ASKED);
      var end = end(Long.parseLong(told.getFirst()), Long.parseLong(told.get(3)));
      note(new Origin(told.get(1), Integer.parseInt(told.get(2))), now, end);
      return true;
    } catch (SQLException _) {
      return false; // copies that answer become too old by themselves
    }
  }

  /// Where the last record ends: behind the head of a page or of a file there is none yet.
  static long end(long position, long fileBytes) {
    if (position % fileBytes == FILE_HEAD_BYTES) {
      return position - FILE_HEAD_BYTES;
    }
    boolean head = position % PAGE_BYTES == PAGE_HEAD_BYTES && position % fileBytes > PAGE_BYTES;
    return head ? position - PAGE_HEAD_BYTES : position;
  }

  /// Notes that everything acknowledged before a moment is before a position.
  synchronized void note(Origin other, long nanos, long position) {
    if (!other.equals(origin)) {
      origin = other;
      marks.clear();
    }
    marks.addLast(new Mark(nanos, position));
    while (nanos - marks.getFirst().nanos() > keptNanos) {
      marks.removeFirst();
    }
  }

  /// What keeps a server from being a copy of this one, in words; empty for nothing.
  synchronized String strange(Origin copy) {
    if (origin == null) {
      return "the primary was not reached yet";
    }
    if (!copy.system().equals(origin.system())) {
      return "it is a copy of another server";
    }
    return copy.timeline() == origin.timeline()
        ? ""
        : "it follows timeline " + copy.timeline() + ", the primary is on " + origin.timeline();
  }

  /// The moment before which everything acknowledged is in a copy; nothing where that is long ago.
  synchronized OptionalLong asOf(long replayed) {
    var marks = List.copyOf(this.marks).reversed().stream();
    return marks.filter(m -> m.position() <= replayed).mapToLong(Mark::nanos).findFirst();
  }

  @Override
  public void close() {
    link.close();
  }
}
