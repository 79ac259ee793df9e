package engineroom.cli;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/// The folder that a command is about, as its one argument.
final class ProjectFolder {
  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "the project; this folder by default")
  private Path path = Path.of(".");

  Path path() {
    return path;
  }
}
