package {{package}}.client;

import java.util.Optional;

/** What a session is kept going with. */
public record Tokens(String accessToken, String refreshToken) {
  /** Nothing of them is for a log. */
  @Override
  public String toString() {
    return "Tokens";
  }

  /** Where tokens are kept. */
  public interface Store {
    /** The tokens there are. */
    Optional<Tokens> read();

    /** Keeps them, or forgets those there are. */
    void write(Optional<Tokens> tokens);

    /** In memory, as long as the program runs. */
    static Store inMemory() {
      return new Store() {
        private volatile Tokens kept;

        @Override
        public Optional<Tokens> read() {
          return Optional.ofNullable(kept);
        }

        @Override
        public void write(Optional<Tokens> tokens) {
          kept = tokens.orElse(null);
        }
      };
    }
  }
}
