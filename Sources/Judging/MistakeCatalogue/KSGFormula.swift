// SPDX-License-Identifier: GPL-3.0-or-later
/// KSG's estimate of an information (Kraskov, Stögbauer & Grassberger 2004) with each of its definitions open to a mistake:
/// which distances, which counts, which constants.
package struct KSGFormula: Hashable, Sendable {
  /// Whether each column is standardised first.
  package var isStandardised = false
  /// The distances.
  package var metric = KSGMetric.max
  /// Which rows are counted.
  package var counting: Counting
  /// Which neighbour gives the distance: the k-th.
  ///
  /// Where there is no such row, the nearest one that there is.
  package var k: Int
  /// m of ψ(n_x + m) and ψ(n_y + m).
  package var countShift: Int
  /// m of ψ(k + m).
  package var kShift = 0
  /// The k of the term −1/k; nil without it.
  package var inverseK: Int?
  /// Whether ln n stands in the place of ψ(n).
  package var hasLogarithm = false
  /// What is made of the sum.
  package var unit = Unit.nats

  /// Which rows are counted on each side.
  package enum Counting: Sendable {
    /// Those nearer than the k-th neighbour.
    case inside
    /// Those as near as the k-th neighbour, or nearer.
    case upTo
    /// Those as near as the farthest of the k nearest rows on this side, or nearer.
    case rectangle
    /// Those nearer than the farthest of the k nearest rows on this side.
    case rectangleInside
  }

  /// What is made of the sum, in nats.
  package enum Unit: CaseIterable, Sendable {
    case nats, bits, decimal, half, double, clipped, absolute
  }

  /// A formula of these parts.
  package init(
    isStandardised: Bool = false, metric: KSGMetric = .max, counting: Counting, k: Int, countShift: Int,
    kShift: Int = 0,
    inverseK: Int? = nil, unit: Unit = .nats
  ) {
    (self.isStandardised, self.metric, self.counting, self.k) = (isStandardised, metric, counting, k)
    (self.countShift, self.kShift, self.inverseK, self.unit) = (countShift, kShift, inverseK, unit)
  }

  /// The right formula: ψ(k) + ψ(n) − ⟨ψ(n_x + 1) + ψ(n_y + 1)⟩ or, as variant 2, ψ(k) − 1/k + ψ(n) − ⟨ψ(n_x) + ψ(n_y)⟩.
  package static func textbook(variant: Int, k: Int) -> KSGFormula {
    variant == 1
      ? KSGFormula(counting: .inside, k: k, countShift: 1)
      : KSGFormula(counting: .rectangle, k: k, countShift: 0, inverseK: k)
  }
}

/// The distances that a formula compares.
package enum KSGMetric: Sendable {
  /// The greatest difference of a coordinate, everywhere.
  case max
  /// Euclidean on each side, and the greater of the two sides.
  case euclideanSides
  /// Euclidean on each side and of the pair.
  case euclidean
  /// Sums of differences on each side, and the greater of the two sides.
  case sumSides
  /// Sums of differences on each side and of the pair.
  case sum
}
