package engineroom.cli;

import engineroom.app.App;
import engineroom.problem.Nearest;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.jspecify.annotations.Nullable;

/// The program `engineroom`. Ends with 0 when all is well, 1 when the work failed, 2 when the
/// command line is wrong, and 78 when the owner's files or settings are.
public final class Main {
  static final int FAILED = 1;
  static final int WRONG = 2;
  static final int MISTAKES = 78;

  private static final String PROGRAM = "engineroom";
  private static final List<String> EXAMPLES =
      List.of(
          "  engineroom new shop              write a small project into the folder shop",
          "  engineroom dev shop              serve it, and follow every change of its files",
          "  engineroom check shop            name every mistake with its line and column",
          "  engineroom run shop --host 0.0.0.0 --port 443 --certificate c.pem --key k.pem",
          "",
          "Every command teaches with examples of its own: engineroom dev --help",
          "Exit codes: 0 done, 1 failed, 2 wrong command line, 78 mistakes in the model or"
              + " settings.");

  private final Map<String, Command> commands = new LinkedHashMap<>();
  private final Console console;

  private Main(List<Command> commands, Console console) {
    commands.forEach(command -> this.commands.put(command.usage().name(), command));
    this.console = console;
  }

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
    List<Command> commands =
        List.of(
            new NewCommand(console),
            new DevCommand(app, console),
            new RunCommand(app, console),
            new CheckCommand(app, console),
            new AccessCommand(app, console),
            new TestCommand(app, console),
            new PlanCommand(app, console),
            new MigrateCommand(app, console),
            new SchemaCommand(app, console),
            new RoutesCommand(app, console),
            new GenerateCommand(app, console),
            new SeedCommand(app, console),
            new BackupCommand(app, console),
            new RestoreCommand(app, console),
            new CopyCommand(app, console),
            new AdoptCommand(app, console),
            new AuditCommand(app, console),
            new ImportCommand(app, console),
            new ExportCommand(app, console),
            new VersionCommand(console));
    return new Main(commands, console).run(args);
  }

  private int run(String... args) {
    if (args.length == 0) {
      overview(console.notes());
      return WRONG;
    }
    return switch (args[0]) {
      case "-h", "--help", "help" -> {
        overview(console.out());
        yield 0;
      }
      case "-V", "--version" -> {
        console.out().println(VersionCommand.version());
        yield 0;
      }
      default -> command(args[0], Arrays.copyOfRange(args, 1, args.length));
    };
  }

  private int command(String name, String... args) {
    var command = commands.get(name);
    if (command == null) {
      var nearest = Nearest.of(name, commands.keySet());
      return wrong(
          "There is no command " + name + ".",
          nearest == null ? null : "Did you mean " + nearest + "?",
          PROGRAM + " --help");
    }
    var usage = command.usage();
    var help = PROGRAM + " " + name + " --help";
    try {
      var parser =
          DefaultParser.builder()
              .setAllowPartialMatching(false)
              .setStripLeadingAndTrailingQuotes(false)
              .get();
      var parsed = parser.parse(usage.parsed(), args);
      if (parsed.hasOption("help")) {
        usage.help(PROGRAM).forEach(console.out()::println);
        return 0;
      }
      int given = parsed.getArgList().size();
      if (given < usage.arguments().min() || given > usage.arguments().max()) {
        return wrong("The arguments are not " + expected(usage) + ".", null, help);
      }
      return command.run(new Given(parsed));
    } catch (UnrecognizedOptionException e) {
      var nearest =
          Nearest.of(
              e.getOption().replaceFirst("^-+", ""),
              usage.options().stream().map(option -> option.getLongOpt()).toList());
      return wrong(
          "There is no option " + e.getOption() + ".",
          nearest == null ? null : "Did you mean --" + nearest + "?",
          help);
    } catch (ParseException | Given.WrongException e) {
      return wrong(String.valueOf(e.getMessage()), null, help);
    } catch (App.ConfigException e) {
      console.notes().println(e.getMessage());
      return MISTAKES;
    } catch (RuntimeException e) {
      console.notes().println(PROGRAM + ": " + (e.getMessage() == null ? e : e.getMessage()));
      return FAILED;
    }
  }

  private static String expected(Usage usage) {
    return usage.arguments().label().isEmpty() ? "none" : usage.arguments().label();
  }

  private int wrong(String mistake, @Nullable String hint, String help) {
    console.notes().println(mistake + (hint == null ? "" : " " + hint));
    console.notes().println("See " + help);
    return WRONG;
  }

  private void overview(PrintStream to) {
    to.println("Usage: " + PROGRAM + " COMMAND");
    to.println("The whole backend of a web or mobile app, from a description in text files.");
    to.println();
    to.println("Commands:");
    commands.values().stream()
        .map(Command::usage)
        .forEach(usage -> to.println(Usage.line(usage.name(), usage.description())));
    to.println();
    to.println("Examples:");
    EXAMPLES.forEach(to::println);
  }
}
