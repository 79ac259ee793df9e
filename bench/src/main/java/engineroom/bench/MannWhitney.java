package engineroom.bench;

import java.util.Arrays;

/// Whether two samples come from the same distribution, by the ranks of their values alone (Mann
/// and Whitney's U test, by the normal approximation, with ties).
///
/// @param p how likely two samples of one distribution differ as much as these do, or more
record MannWhitney(double p) {
  /// Compares two samples of a few dozen values at least.
  static MannWhitney of(double[] first, double[] second) {
    int n = first.length + second.length;
    var values = new double[n][];
    for (int i = 0; i < n; i++) {
      values[i] =
          i < first.length
              ? new double[] {first[i], 1}
              : new double[] {second[i - first.length], 0};
    }
    Arrays.sort(values, (a, b) -> Double.compare(a[0], b[0]));
    double ranks = 0;
    double ties = 0;
    for (int from = 0; from < n; ) {
      int to = from;
      while (to < n && values[to][0] == values[from][0]) {
        to++;
      }
      double rank = (from + 1 + to) / 2.0;
      for (int i = from; i < to; i++) {
        ranks += values[i][1] * rank;
      }
      double same = to - from;
      ties += same * same * same - same;
      from = to;
    }
    return new MannWhitney(probability(ranks, ties, first.length, second.length));
  }

  private static double probability(double ranks, double ties, double first, double second) {
    double n = first + second;
    double u = ranks - first * (first + 1) / 2;
    double spread = Math.sqrt(first * second / 12 * (n + 1 - ties / (n * (n - 1))));
    if (spread == 0) {
      return 1;
    }
    return tails(Math.max(0, Math.abs(u - first * second / 2) - 0.5) / spread);
  }

  /// Both tails of the normal distribution beyond z (Abramowitz and Stegun 26.2.17).
  private static double tails(double z) {
    double t = 1 / (1 + 0.2316419 * z);
    double series =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return 2 * series * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }
}
