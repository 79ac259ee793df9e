package engineroom.cli;

/// One command of the program.
interface Command {
  /// How it is called and what it says of itself.
  Usage usage();

  /// Does it, and gives the exit code. An [App.ConfigException] ends with 78, any other with 1.
  int run(Given given);
}
