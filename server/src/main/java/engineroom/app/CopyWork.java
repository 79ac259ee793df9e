package engineroom.app;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the command that copies databases asks of the program.
public interface CopyWork {
  /// Copies an app's database into another one, or goes on with a copy that was cut short.
  Copied copy(Order order, Heard heard);

  /// Compares two databases, and changes neither.
  Copied compare(Order order, Heard heard);

  /// From where to where, as `store:` says it.
  ///
  /// @param folder of the app, whose model the rows follow
  /// @param from null for the model's store
  record Order(Path folder, @Nullable String from, String to, Lasting lasting) {}

  /// When a copy ends.
  enum Lasting {
    /// As soon as the target has what the source has.
    ONCE,
    /// When nobody serves the source any more.
    FOLLOWING
  }

  /// Who hears how it goes.
  interface Heard {
    Progress progress();

    /// A line for people.
    void note(String line);

    /// Whether somebody wants it to end as soon as the target has what the source has. Asked while
    /// changes are followed.
    boolean wantsEnd();
  }

  /// What came of it, ready to print.
  ///
  /// @param same whether both databases have the same
  record Copied(boolean same, List<String> lines) {
    public Copied {
      lines = List.copyOf(lines);
    }
  }
}
