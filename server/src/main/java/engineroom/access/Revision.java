package engineroom.access;

import engineroom.app.App;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The model files of a folder as they were at a revision, by the machine's own git, written into a
/// folder that goes when this is closed.
public final class Revision implements AutoCloseable {
  private static final int SECONDS_MAX = 30;
  private static final int FILES_MAX = 1_000;

  private final Path repository;
  private final Path files;

  private Revision(Path repository, Path files) {
    this.repository = repository;
    this.files = files;
  }

  /// What git said.
  private record Answer(int status, byte[] out, String complaint) {
    String text() {
      return new String(out, StandardCharsets.UTF_8).strip();
    }
  }

  /// Takes the files out of the repository that the folder is in.
  public static Revision of(Path folder, String revision) {
    var at = folder.toAbsolutePath().normalize();
    if (git(at, "rev-parse", "--is-inside-work-tree").status() != 0) {
      throw wrong(folder + " is in no git repository. Run it in a checkout, or leave out --diff.");
    }
    var found =
        git(at, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}");
    if (found.status() != 0) {
      throw wrong("git knows no revision " + revision + ". See git log, or fetch it.");
    }
    try {
      var taken = new Revision(at, Files.createTempDirectory("engineroom-revision"));
      taken.take(found.text(), revision);
      return taken;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where the files are.
  public Path folder() {
    return files;
  }

  private void take(String commit, String revision) throws IOException {
    var listed = git(repository, "ls-tree", "-r", "-z", "--name-only", commit, ".").text();
    var names = List.of(listed.split("\0", -1)).stream().filter(Revision::isModel).toList();
    if (!names.contains("engineroom.yaml")) {
      close();
      throw wrong("There is no engineroom.yaml in this folder at " + revision + ".");
    }
    if (names.size() > FILES_MAX) {
      close();
      throw wrong("There are more than " + FILES_MAX + " model files at " + revision + ".");
    }
    for (var name : names) {
      var target = files.resolve(name).normalize();
      if (target.startsWith(files)) {
        Files.createDirectories(target.getParent());
        Files.write(target, git(repository, "show", commit + ":./" + name).out());
      }
    }
  }

  private static boolean isModel(String name) {
    return name.equals("engineroom.yaml")
        || (name.startsWith("model/") && (name.endsWith(".yaml") || name.endsWith(".yml")));
  }

  private static App.ConfigException wrong(String text) {
    return new App.ConfigException(List.of(text));
  }

  private static Answer git(Path in, String... arguments) {
    var command = new ArrayList<>(List.of("git", "-C", in.toString()));
    command.addAll(List.of(arguments));
    try {
      var complaints = Files.createTempFile("engineroom-git", ".txt");
      try {
        return answer(new ProcessBuilder(command).redirectError(complaints.toFile()), complaints);
      } finally {
        Files.delete(complaints);
      }
    } catch (IOException e) {
      throw wrong("git can't be run: " + e.getMessage() + ". Install git, or leave out --diff.");
    }
  }

  private static Answer answer(ProcessBuilder builder, Path complaints) throws IOException {
    var process = builder.start();
    process.getOutputStream().close();
    try {
      var out = process.getInputStream().readAllBytes();
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroy();
        throw wrong("git took more than " + SECONDS_MAX + " seconds.");
      }
      return new Answer(process.exitValue(), out, Files.readString(complaints));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    try (var all = Files.walk(files)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
