package engineroom.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// The program `engineroom`. Ends with 0 when all is well, 1 when the work failed, 2 when the
/// command line is wrong, and 78 when the owner's files or settings are.
@Command(
    name = "engineroom",
    description = "The whole backend of a web or mobile app, from a description in text files.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Text.class,
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  engineroom new shop              write a small project into the folder shop",
      "  engineroom dev shop              serve it, and follow every change of its files",
      "  engineroom check shop            name every mistake with its line and column",
      "  engineroom run shop --host 0.0.0.0 --port 443 --certificate c.pem --key k.pem",
      "",
      "Every command teaches with examples of its own: engineroom dev --help",
      "Exit codes: 0 done, 1 failed, 2 wrong command line, 78 mistakes in the model or settings."
    })
public final class Main {
  static final int FAILED = 1;
  static final int MISTAKES = 78;

  private Main() {}

  /// Where commands print: answers to `out`, everything said to a person to `notes`.
  record Console(PrintStream out, PrintStream notes) {}

  public static void main(String[] args) {
    Logging.configure();
    Supplier<App> app =
        () ->
            ServiceLoader.load(App.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No App is on the class path."));
    System.exit(run(app, new Console(System.out, System.err), args));
  }

  /// Runs one command.
  static int run(Supplier<App> app, Console console, String... args) {
    var commands =
        new CommandLine(new Main())
            .addSubcommand(new NewCommand(console))
            .addSubcommand(new DevCommand(app, console))
            .addSubcommand(new RunCommand(app, console))
            .addSubcommand(new CheckCommand(app, console))
            .addSubcommand(new SchemaCommand(app, console))
            .addSubcommand(new RoutesCommand(app, console))
            .addSubcommand(new SeedCommand(app, console))
            .addSubcommand(new BackupCommand(app, console))
            .addSubcommand(new RestoreCommand(app, console))
            .addSubcommand(new VersionCommand(console));
    commands.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    commands.setErr(new PrintWriter(console.notes(), true, StandardCharsets.UTF_8));
    commands.setUsageHelpAutoWidth(true);
    IExecutionExceptionHandler failures = (e, _, _) -> failed(e, console.notes());
    commands.setExecutionExceptionHandler(failures);
    commands.setExecutionStrategy(Main::execute);
    return commands.execute(args);
  }

  private static int execute(ParseResult parsed) {
    if (!parsed.hasSubcommand()
        && !parsed.isUsageHelpRequested()
        && !parsed.isVersionHelpRequested()) {
      var command = parsed.commandSpec().commandLine();
      command.usage(command.getErr());
      return CommandLine.ExitCode.USAGE;
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int failed(Exception e, PrintStream notes) {
    if (e instanceof App.ConfigException mistakes) {
      notes.println(mistakes.getMessage());
      return MISTAKES;
    }
    var text = e.getMessage();
    notes.println("engineroom: " + (text == null ? e.toString() : text));
    return FAILED;
  }
}
