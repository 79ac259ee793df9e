/// Backups of a SQLite database: made online, proved by restoring them, restored, taken back in
/// time.
@org.jspecify.annotations.NullMarked
package engineroom.stores.sqlite.backup;
