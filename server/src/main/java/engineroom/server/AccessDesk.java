package engineroom.server;

import engineroom.access.AccessTester;
import engineroom.access.Matrix;
import engineroom.access.Revision;
import engineroom.app.AccessWork;
import engineroom.app.App;
import engineroom.modelfile.AccessFile;
import engineroom.modelfile.AccessFileReader;
import engineroom.modelfile.AccessFileReader.Reading;
import engineroom.modelfile.Excerpt;
import engineroom.modelfile.ModelReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Answers what the commands ask about who may do what.
final class AccessDesk implements AccessWork {
  private static final String TESTS = "tests";

  @Override
  public List<Right> matrix(Path folder) {
    return Matrix.of(Engineroom.good(folder).model());
  }

  @Override
  public List<Change> since(Path folder, String revision) {
    var now = Engineroom.good(folder).model();
    try (var then = Revision.of(folder, revision)) {
      return switch (Engineroom.read(then.folder())) {
        case ModelReader.Reading.Good(var model, _, _) -> Matrix.since(model, now);
        case ModelReader.Reading.Bad(var mistakes) -> {
          var lines = new ArrayList<String>();
          lines.add("The model at " + revision + " has mistakes, so nothing can be compared:");
          lines.addAll(Excerpt.of(then.folder(), mistakes));
          throw new App.ConfigException(lines);
        }
      };
    }
  }

  @Override
  public Tested test(Path folder, String filter) {
    var good = owning(folder, Engineroom.good(folder));
    var files = new ArrayList<AccessFile>();
    var mistakes = new ArrayList<String>();
    for (var file : files(folder)) {
      switch (AccessFileReader.read(folder, file, good.model())) {
        case Reading.Good(var read) -> files.add(read);
        case Reading.Bad(var found) -> mistakes.addAll(Excerpt.of(folder, found));
      }
    }
    if (!mistakes.isEmpty()) {
      throw new App.ConfigException(mistakes);
    }
    var results = new ArrayList<TestResult>();
    files.forEach(file -> results.addAll(run(good, file, filter)));
    return new Tested(results);
  }

  /// The rows of tests stand in tables that are made for them, also where somebody else's hold the
  /// rows of the app.
  private static ModelReader.Reading.Good owning(Path folder, ModelReader.Reading.Good good) {
    var model = good.model();
    return model.owned() == model
        ? good
        : new ModelReader.Reading.Good(
            OwnDesk.owning(folder.toAbsolutePath().normalize(), model),
            good.settings(),
            good.warnings());
  }

  private static List<TestResult> run(
      ModelReader.Reading.Good good, AccessFile file, String filter) {
    var chosen = file.tests().stream().filter(test -> contains(test.name(), filter)).toList();
    if (chosen.isEmpty()) {
      return List.of();
    }
    try (var rows = AccessRows.of(good, file)) {
      var tester = new AccessTester(good.model(), file, rows.doors(), rows::user);
      return chosen.stream().map(tester::run).toList();
    }
  }

  private static boolean contains(String name, String filter) {
    return name.toLowerCase(Locale.ROOT).contains(filter.toLowerCase(Locale.ROOT));
  }

  private static List<Path> files(Path folder) {
    var tests = folder.resolve(TESTS);
    if (!Files.isDirectory(tests)) {
      throw new App.ConfigException(
          List.of("There is no " + tests + ". Write tests/access.yaml, see docs/access.md."));
    }
    try (var all = Files.list(tests)) {
      return all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
