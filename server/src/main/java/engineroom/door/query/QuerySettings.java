package engineroom.door.query;

import engineroom.json.JsonLimits;

/// How much one question may ask, and what its page holds where it says nothing.
///
/// @param pageDefault rows of a page where the caller names no limit
/// @param pageMax rows of a page, and of an expanded list
/// @param filter how big a filter may be
/// @param sortKeys of one order; also groups of a summary
/// @param expand how far an expansion may reach
/// @param json of bodies
public record QuerySettings(
    int pageDefault,
    int pageMax,
    FilterLimits filter,
    int sortKeys,
    ExpandLimits expand,
    JsonLimits json) {
  public QuerySettings {
    if (pageDefault < 1 || pageDefault > pageMax) {
      throw new IllegalArgumentException("pageDefault must be 1 to pageMax, was " + pageDefault);
    }
  }

  /// How big a filter may be.
  ///
  /// @param nodes conditions, operators and functions
  /// @param depth of them within each other
  public record FilterLimits(int nodes, int depth) {}

  /// How far an expansion may reach.
  ///
  /// @param depth names in one path
  /// @param paths expanded references and lists in all
  public record ExpandLimits(int depth, int paths) {}

  /// What holds where the owner says nothing.
  public static QuerySettings defaults() {
    return new QuerySettings(
        50, 500, new FilterLimits(100, 8), 8, new ExpandLimits(5, 20), JsonLimits.defaults());
  }
}
