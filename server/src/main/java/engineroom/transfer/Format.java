package engineroom.transfer;

import java.util.List;
import java.util.Optional;

/// How rows are written in a file.
public enum Format {
  CSV("text/csv", "csv"),
  NDJSON("application/x-ndjson", "ndjson"),
  JSON("application/json", "json");

  private final String mediaType;
  private final String ending;

  Format(String mediaType, String ending) {
    this.mediaType = mediaType;
    this.ending = ending;
  }

  /// `text/csv`.
  public String mediaType() {
    return mediaType;
  }

  /// Of the names of files.
  public String ending() {
    return ending;
  }

  /// The format of a media type, if it is one of ours.
  public static Optional<Format> find(String mediaType) {
    return List.of(values()).stream().filter(f -> f.mediaType.equals(mediaType)).findFirst();
  }

  /// The format of a file's ending, if it is one of ours.
  public static Optional<Format> ofEnding(String ending) {
    return List.of(values()).stream().filter(f -> f.ending.equals(ending)).findFirst();
  }

  /// The format that refused lines are written in, to be mended and sent again.
  public Format ofRefused() {
    return this == CSV ? CSV : NDJSON;
  }
}
