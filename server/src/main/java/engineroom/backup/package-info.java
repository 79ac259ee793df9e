/// The backups of a running app: when they are made, what is told of them, and how the command line
/// reaches the program that has the database open.
@org.jspecify.annotations.NullMarked
package engineroom.backup;
