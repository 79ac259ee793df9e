package engineroom.modelfile;

import engineroom.modelfile.GraphQlSettings.GraphiqlFor;
import engineroom.modelfile.GraphQlSettings.Operations;
import engineroom.modelfile.GraphQlSettings.Others;
import engineroom.modelfile.GraphQlSettings.SchemaFor;
import engineroom.modelfile.GraphQlSettings.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `settings.graphql`, and the files of operations that it names.
final class GraphQlReader {
  static final int FILES_MAX = 2_000;
  static final int BYTES_MAX = 4 << 20;
  private static final int DEPTH_MAX = 8;
  private static final Set<String> ENDINGS = Set.of(".graphql", ".gql", ".json");

  private final Path folder;
  private final Map<String, Set<String>> roles;
  private final Mistakes mistakes;

  /// @param folder of the app
  /// @param roles each with all that it includes
  GraphQlReader(Path folder, Map<String, Set<String>> roles, Mistakes mistakes) {
    this.folder = folder;
    this.roles = roles;
    this.mistakes = mistakes;
  }

  GraphQlSettings read(Part part) {
    var usual = GraphQlSettings.defaults();
    var section = Section.of("settings.graphql", part, Options.names(Options.GRAPHQL), mistakes);
    var use = use(section);
    try {
      return new GraphQlSettings(
          or(section, "depth", usual.depth()),
          or(section, "tokens", usual.tokens()),
          or(section, "aliases", usual.aliases()),
          or(section, "directives", usual.directives()),
          or(section, "rootFields", usual.rootFields()),
          or(section, "cost", usual.cost()),
          use);
    } catch (IllegalArgumentException e) {
      var message = String.valueOf(e.getMessage());
      var key = message.substring(0, message.indexOf(' '));
      mistakes.add(section.place(key), "settings.graphql: " + message + ".", null);
      return usual;
    }
  }

  private static int or(Section section, String key, int usual) {
    var value = section.count(key);
    return value == null ? usual : value;
  }

  private Use use(Section section) {
    var schema = section.yes("guestsSeeSchema") ? SchemaFor.EVERYBODY : SchemaFor.SIGNED_IN;
    return new Use(schema, operations(section), graphiql(section));
  }

  private GraphiqlFor graphiql(Section section) {
    var part = section.find("graphiql").orElse(null);
    if (part instanceof Part.Scalar(var word, _, _, _)
        && (word.equals("true") || word.equals("false"))) {
      return word.equals("true") ? GraphiqlFor.All.EVERYBODY : GraphiqlFor.All.NOBODY;
    }
    var names = new LinkedHashSet<String>();
    for (var role : section.texts("graphiql")) {
      names.addAll(having(role.text()));
      if (!roles.containsKey(role.text())) {
        mistakes.unknown(
            role.place(),
            "settings.graphql: graphiql names " + role.text() + ", which is no role.",
            role.text(),
            roles.keySet());
      }
    }
    return names.isEmpty() ? GraphiqlFor.All.NOBODY : new GraphiqlFor.Roles(names);
  }

  /// The roles that include one, and itself.
  private List<String> having(String role) {
    return roles.entrySet().stream()
        .filter(entry -> entry.getKey().equals(role) || entry.getValue().contains(role))
        .map(Map.Entry::getKey)
        .toList();
  }

  private @Nullable Operations operations(Section section) {
    var name = section.text("operations");
    if (name == null) {
      return null;
    }
    var place = section.place("operations");
    var path = folder.resolve(name).normalize();
    if (!path.startsWith(folder.normalize()) || !Files.exists(path)) {
      mistakes.add(
          place,
          "settings.graphql: there is no " + name + " in this folder.",
          "Make it, with one file for each document that clients send.");
      return null;
    }
    try {
      var files = new ArrayList<Operations.Written>();
      for (var file : files(path)) {
        files.add(new Operations.Written(folder.relativize(file), text(file)));
      }
      return new Operations(files, Others.REFUSED);
    } catch (IOException e) {
      mistakes.add(place, "settings.graphql: " + name + " can't be read: " + e.getMessage(), null);
      return null;
    }
  }

  private static List<Path> files(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    try (var found = Files.walk(path, DEPTH_MAX)) {
      var files = found.filter(GraphQlReader::ours).sorted().limit(FILES_MAX + 1L).toList();
      if (files.size() > FILES_MAX) {
        throw new IOException("it has more than " + FILES_MAX + " files.");
      }
      return files;
    }
  }

  private static boolean ours(Path file) {
    return Files.isRegularFile(file) && ENDINGS.stream().anyMatch(file.toString()::endsWith);
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > BYTES_MAX) {
      throw new IOException(file.getFileName() + " has more than " + BYTES_MAX + " bytes.");
    }
    return Files.readString(file);
  }
}
