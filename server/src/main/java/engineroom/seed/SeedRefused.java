package engineroom.seed;

import java.util.List;
import java.util.stream.Collectors;

/// A seed has mistakes. Rows read before the first one may have gone to the sink: take them back.
public final class SeedRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<SeedMistake> mistakes;

  SeedRefused(List<SeedMistake> mistakes) {
    super(
        mistakes.stream().map(SeedMistake::toString).collect(Collectors.joining("\n")),
        null,
        false,
        false);
    this.mistakes = List.copyOf(mistakes);
  }

  /// All of them, up to [SeedFolder#MISTAKES_MAX].
  public List<SeedMistake> mistakes() {
    return mistakes;
  }
}
