package engineroom.seed;

/// A line of a seed file.
record SeedPlace(String file, long line) {}
