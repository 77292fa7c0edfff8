// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Foundation
import SeededRuns
import Statistics

/// A simulated mean beside its closed form, with the probability that a true one is so far off.
public struct BaselineComparison: Sendable {
  /// The closed form.
  public let exact: Rational
  /// The simulated values.
  public let simulated: RunningMoments
  /// How many standard errors the mean is above the closed form; 0 where all values are the same.
  public let z: Double
  /// The probability of a mean so far off, by the normal law of means with Cramér's first correction for skewness:
  /// 2Φ(−|z|)·exp(|γ||z|³/(3√N)), γ the skewness of one value, and beyond |z| = √N/|γ|, where that would grow again, what it is
  /// there.
  public let probability: Double

  /// - Parameter scale: the size of the numbers of which the figure is a difference.
  init(_ exact: Rational, _ sums: CentredSums, scale: Double) {
    (self.exact, simulated) = (exact, sums.moments)
    let (error, count) = (sums.moments.standardError, Double(max(1, sums.moments.count)))
    let distance = sums.moments.mean - exact.asDouble
    // What is only rounding of numbers of this size is no difference.
    let rounding = 1e-10 * max(abs(exact.asDouble), sums.largest, 1e-6 * scale)
    z = error > 0 ? distance / error : 0
    if abs(distance) <= rounding {
      probability = 1
    } else {
      let root = count.squareRoot()
      let reach = sums.skewness > 0 ? min(abs(z), root / sums.skewness) : abs(z)
      let tail = erfc(reach / 2.0.squareRoot())
      probability = error > 0 ? min(1, tail * exp(sums.skewness * pow(reach, 3) / (3 * root))) : 0
    }
  }
}

/// What a ``BaselineStudy`` found.
public struct BaselineResult: Sendable {
  /// The number of samples.
  public let replicates: Int
  /// The excess risk over σε² at every weight of the study.
  public let rows: [BaselineComparison]
  /// What the best weights gain over the student as it is, and over the best without a teacher, on the same samples.
  public let gains: (overItself: BaselineComparison, overUntaught: BaselineComparison)
  /// What weights that cross-validation chooses come to; nil where none are chosen.
  public let chosen: ChosenWeights?
  /// Which comparisons are out of tolerance, in words; empty where all is as it should be, or nothing is judged.
  public let failures: [String]

  init(_ study: BaselineStudy, _ counts: BaselineCounts) {
    let scale = study.exact[0].asDouble
    rows = zip(study.exact, counts.excess).map { BaselineComparison($0, $1, scale: scale) }
    replicates = counts.excess.first?.moments.count ?? 0
    let exact = study.exact
    gains = (
      BaselineComparison(exact[0] - exact[study.best], counts.gains[0], scale: scale),
      BaselineComparison(exact[study.untaught] - exact[study.best], counts.gains[1], scale: scale)
    )
    chosen =
      counts.chosen.count > 0 ? ChosenWeights(counts.chosen, gain: exact[study.untaught] - exact[study.best]) : nil
    let level = study.settings.level / Double(rows.count + 2)
    guard study.settings.isInModel else {
      failures = []
      return
    }
    failures =
      zip(study.weights, rows).filter { $0.1.probability < level }.map { "excess at a = \($0.0.a), b = \($0.0.b)" }
      + [("the student as it is", gains.overItself), ("the best without a teacher", gains.overUntaught)]
      .filter { $0.1.probability < level }.map { "gain over \($0.0)" }
  }
}

/// Values of a figure, and sums of powers of their distances from what they should be in the mean.
struct CentredSums: Sendable {
  private(set) var moments = RunningMoments()
  private var cubes = 0.0, squares = 0.0
  private(set) var largest = 0.0

  mutating func add(_ value: Double, exact: Double) {
    let distance = value - exact
    moments.add(value)
    squares += distance * distance
    cubes += distance * distance * distance
    largest = max(largest, abs(value))
  }

  mutating func merge(_ other: CentredSums) {
    moments.merge(other.moments)
    squares += other.squares
    cubes += other.cubes
    largest = max(largest, other.largest)
  }

  mutating func pass(_ body: (inout Double) -> Void) {
    moments.pass(body)
    body(&cubes)
    body(&squares)
    body(&largest)
  }

  /// |third moment|/variance^1.5 about the exact value; 0 for no spread.
  var skewness: Double {
    let count = Double(max(1, moments.count))
    let variance = squares / count
    return variance > 0 ? abs(cubes / count) / pow(variance, 1.5) : 0
  }
}

/// Sums of a study.
struct BaselineCounts: Mergeable {
  var excess: [CentredSums] = []
  var gains = [CentredSums(), CentredSums()]
  var chosen = ChosenSums()
  var failure: StudentError?

  init() {}

  mutating func prepare(_ count: Int) {
    if excess.isEmpty { excess = [CentredSums](repeating: CentredSums(), count: count) }
  }

  mutating func merge(_ other: BaselineCounts) {
    if let failure = other.failure, self.failure == nil { self.failure = failure }
    guard !other.excess.isEmpty else { return }
    prepare(other.excess.count)
    for i in excess.indices { excess[i].merge(other.excess[i]) }
    for i in gains.indices { gains[i].merge(other.gains[i]) }
    chosen.merge(other.chosen)
  }
}
