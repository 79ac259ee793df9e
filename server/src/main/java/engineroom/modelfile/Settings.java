package engineroom.modelfile;

import engineroom.mail.MailSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the owner sets under `settings` and `accounts`.
///
/// @param origins that browsers may call from
/// @param backups when they are made; null for never
public record Settings(
    Set<String> origins,
    Limits limits,
    @Nullable BackupTimes backups,
    MailSettings mail,
    AccountSettings accounts,
    Guard guard) {
  public Settings {
    origins = Set.copyOf(origins);
  }

  /// Who is kept from asking too often, and what is written down.
  ///
  /// @param proxies trusted to tell whom they ask for: `10.0.0.0/8`
  public record Guard(
      Rates rates, List<String> proxies, AuditSettings audit, GraphQlSettings graphQl) {
    public Guard {
      proxies = List.copyOf(proxies);
    }

    /// What holds where the owner says nothing.
    public static Guard defaults() {
      return new Guard(
          Rates.defaults(), List.of(), AuditSettings.defaults(), GraphQlSettings.defaults());
    }
  }

  /// How often somebody may ask.
  public Rates rates() {
    return guard.rates();
  }

  /// Trusted to tell whom they ask for.
  public List<String> proxies() {
    return guard.proxies();
  }

  /// What goes into the audit log.
  public AuditSettings audit() {
    return guard.audit();
  }

  /// How much one GraphQL document may ask.
  public GraphQlSettings graphQl() {
    return guard.graphQl();
  }

  /// The same where everybody may see the GraphQL schema, as in `dev`.
  public Settings withOpenSchema() {
    var open = new Guard(guard.rates(), guard.proxies(), guard.audit(), guard.graphQl().open());
    return new Settings(origins, limits, backups, mail, accounts, open);
  }

  /// How much one request may ask.
  ///
  /// @param importBytes of a file that is imported
  /// @param streamBytes of rows that are written while they come
  /// @param filterNodes conditions of a filter
  /// @param expandDepth names in one expanded path
  public record Limits(
      int bodyBytes,
      int importBytes,
      int streamBytes,
      int pageRows,
      int filterNodes,
      int filterDepth,
      int sortKeys,
      int expandDepth,
      int expandPaths,
      Duration request) {
    public Limits {
      positive("bodyBytes", bodyBytes, 1 << 30);
      positive("importBytes", importBytes, Integer.MAX_VALUE);
      positive("streamBytes", streamBytes, Integer.MAX_VALUE);
      positive("pageRows", pageRows, 10_000);
      positive("filterNodes", filterNodes, 500);
      positive("filterDepth", filterDepth, 32);
      positive("sortKeys", sortKeys, 64);
      positive("expandDepth", expandDepth, 10);
      positive("expandPaths", expandPaths, 100);
      if (request.isNegative() || request.isZero() || request.toSeconds() > 3_600) {
        throw new IllegalArgumentException("requestSeconds must be 1 to 3600");
      }
    }

    private static void positive(String name, int value, int max) {
      if (value < 1 || value > max) {
        throw new IllegalArgumentException(name + " must be 1 to " + max + ", was " + value);
      }
    }
  }

  /// When backups are made, and how many are kept.
  ///
  /// @param every the time between two; each begins on a multiple of it
  /// @param at the time of day, in UTC, that is counted from
  public record BackupTimes(Duration every, LocalTime at, int keep) {
    static final Duration EVERY_MIN = Duration.ofMinutes(1);
    static final Duration EVERY_MAX = Duration.ofDays(366);
    static final int KEEP_MAX = 10_000;

    /// A Monday, so that every seven days means Mondays.
    private static final Instant FIRST = Instant.parse("2001-01-01T00:00:00Z");

    public BackupTimes {
      if (every.compareTo(EVERY_MIN) < 0 || every.compareTo(EVERY_MAX) > 0) {
        throw new IllegalArgumentException("every must be 1m to 366d, was " + every);
      }
      if (keep < 1 || keep > KEEP_MAX) {
        throw new IllegalArgumentException("keep must be 1 to " + KEEP_MAX + ", was " + keep);
      }
    }

    /// What holds where the owner says nothing: each night.
    public static BackupTimes defaults() {
      return new BackupTimes(Duration.ofDays(1), LocalTime.of(3, 0), 7);
    }

    /// The last time at or before a moment when one was due.
    public Instant lastDue(Instant moment) {
      var from = FIRST.plusSeconds(at.toSecondOfDay());
      var passed = Duration.between(from, moment).toMillis();
      return from.plusMillis(Math.floorDiv(passed, every.toMillis()) * every.toMillis());
    }
  }

  /// What goes into the audit log besides what concerns accounts, and how long it is kept.
  ///
  /// @param keep null for ever
  public record AuditSettings(Rows rows, @Nullable Duration keep) {
    static final Duration KEEP_MIN = Duration.ofDays(1);

    public AuditSettings {
      if (keep != null && keep.compareTo(KEEP_MIN) < 0) {
        throw new IllegalArgumentException("keep must be at least 1d, was " + keep);
      }
    }

    /// Whether changes of all rows do. The change log has them in any case; those of users, keys
    /// and invitations always do.
    public enum Rows {
      ON,
      OFF
    }

    /// For a year, without changes of other rows.
    public static AuditSettings defaults() {
      return new AuditSettings(Rows.OFF, Duration.ofDays(365));
    }
  }

  /// What holds where the owner says nothing.
  public static Settings defaults() {
    return defaults(AccountSettings.defaults("engineroom"));
  }

  static Settings defaults(AccountSettings accounts) {
    return new Settings(
        Set.of(),
        new Limits(1_048_576, 256 << 20, 1 << 30, 500, 100, 8, 8, 5, 20, Duration.ofSeconds(30)),
        BackupTimes.defaults(),
        MailSettings.defaults(),
        accounts,
        Guard.defaults());
  }
}
