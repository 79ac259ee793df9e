package engineroom.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// How a command is called.
///
/// @param arguments what stands behind its name
/// @param examples lines, shown as they are
record Usage(
    String name,
    String description,
    Arguments arguments,
    List<Option> options,
    List<String> examples) {
  private static final int WIDTH = 30;

  Usage {
    options = List.copyOf(options);
    examples = List.copyOf(examples);
  }

  /// What stands behind a command's name besides options.
  ///
  /// @param label as help shows it: `[FOLDER]`
  record Arguments(String label, String description, int min, int max) {
    static final Arguments NONE = new Arguments("", "", 0, 0);

    /// The folder that a command is about.
    static final Arguments FOLDER =
        new Arguments("[FOLDER]", "the project; this folder by default", 0, 1);
  }

  /// An option that takes a value.
  static Option value(String name, String label, String description) {
    return Option.builder().longOpt(name).hasArg().argName(label).desc(description).get();
  }

  /// An option that is there or not.
  static Option flag(String name, String description) {
    return Option.builder().longOpt(name).desc(description).get();
  }

  private static Option help() {
    return Option.builder("h").longOpt("help").desc("show this text").get();
  }

  /// The options as the parser takes them, `--help` included.
  Options parsed() {
    var all = new Options();
    options.forEach(all::addOption);
    return all.addOption(help());
  }

  /// The text of `--help`.
  List<String> help(String program) {
    var lines = new ArrayList<String>();
    var options = new ArrayList<>(options());
    options.add(help());
    lines.add(("Usage: " + program + " " + name + " [OPTIONS] " + arguments.label()).strip());
    lines.add(description);
    lines.add("");
    if (!arguments.label().isEmpty()) {
      lines.add(line(arguments.label(), arguments.description()));
    }
    for (var option : options) {
      var label = "--" + option.getLongOpt() + (option.hasArg() ? " " + option.getArgName() : "");
      lines.add(line(label, option.getDescription()));
    }
    lines.add("");
    lines.add("Examples:");
    lines.addAll(examples);
    return lines;
  }

  /// Two columns.
  static String line(String label, String description) {
    return "  " + label + " ".repeat(Math.max(2, WIDTH - label.length())) + description;
  }
}
