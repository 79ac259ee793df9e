package engineroom.cli;

import engineroom.app.App;
import engineroom.cli.Given.WrongException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// `engineroom audit verify`: looks whether the audit log is as it was written.
final class AuditCommand implements Command {
  private static final String VERIFY = "verify";

  private final Supplier<App> app;
  private final Main.Console console;

  AuditCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "audit",
        "Verifies the app's audit log, also while it is served: every entry against the one "
            + "before it and against what was signed.",
        new Usage.Arguments("verify [FOLDER]", "the project; this folder by default", 1, 2),
        List.of(
            Usage.value("data", "FOLDER", "the program's own; data/ in the project by default")),
        List.of(
            "  engineroom audit verify shop            walk the whole log",
            "  engineroom audit verify shop && echo good",
            "Exit codes: 0 as it was written, 1 not; the first bad entry is named."));
  }

  @Override
  public int run(Given given) {
    var arguments = given.paths();
    if (!arguments.getFirst().toString().equals(VERIFY)) {
      throw new WrongException("There is audit verify, and nothing else of audit.");
    }
    var folder = arguments.size() > 1 ? arguments.get(1) : Path.of(".");
    var verified = app.get().verifyAudit(folder, given.path("data"));
    verified.lines().forEach(console.out()::println);
    return verified.good() ? 0 : 1;
  }
}
