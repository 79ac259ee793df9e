package engineroom.generate;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Programs of Node in a folder of their own, with the packages that they need.
public record Npm(Path folder) {
  private static final int SECONDS_MAX = 120;

  /// What a program said, and how it ended.
  public record Ran(int status, List<String> lines) {}

  /// Copies a project and gets its packages. The test is skipped, and that is said, where there is
  /// no Node or npm can't get them.
  ///
  /// @param what is not tried then
  public static Npm install(Path project, Path folder, String what) throws Exception {
    try (var files = Files.walk(project)) {
      for (var file : files.skip(1).toList()) {
        Files.copy(file, folder.resolve(project.relativize(file).toString()));
      }
    }
    var npm = new Npm(folder);
    npm.needs(List.of("node", "--version"), what + ": no node in PATH");
    npm.needs(List.of("npm", "ci", "--no-audit", "--no-fund"), what + ": npm can't get packages");
    return npm;
  }

  private void needs(List<String> command, String why) throws Exception {
    int status = run(command.toArray(String[]::new)).status();
    if (status != 0) {
      System.err.println("SKIPPED " + why + ".");
    }
    assumeTrue(status == 0, "SKIPPED " + why);
  }

  /// Runs a program in the folder, two minutes at most.
  public Ran run(String... command) throws IOException, InterruptedException {
    var said = Files.createTempFile(folder, "said", ".txt");
    try {
      var process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(said.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean done = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
      process.destroyForcibly();
      return new Ran(done ? process.exitValue() : 1, Files.readAllLines(said));
    } catch (IOException _) {
      return new Ran(1, List.of());
    }
  }
}
