package engineroom.modelfile;

import engineroom.model.Model;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What came of reading the owner's files.
public sealed interface Reading {
  /// What to tell: warnings of a good reading, mistakes of a bad one; in order of their places.
  List<Mistake> notes();

  /// The lines of the files that were read, for showing the places of the notes.
  Map<Path, List<String>> sources();

  /// The model, and what its owner should know about it.
  record Good(Model model, Settings settings, List<Mistake> notes, Map<Path, List<String>> sources)
      implements Reading {
    public Good {
      notes = notes.stream().sorted().toList();
      sources = Map.copyOf(sources);
    }
  }

  /// Every mistake that was found.
  record Bad(List<Mistake> notes, Map<Path, List<String>> sources) implements Reading {
    public Bad {
      if (notes.isEmpty()) {
        throw new IllegalArgumentException("a bad reading names a mistake");
      }
      notes = notes.stream().sorted().toList();
      sources = Map.copyOf(sources);
    }
  }
}
