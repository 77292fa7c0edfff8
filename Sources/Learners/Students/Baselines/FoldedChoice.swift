// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Foundation
import Statistics

/// The weights that cross-validation chooses on one sample: of each way, those of the least squared error on the folds.
///
/// On fold f the students are fitted to the other folds; the error is a quadratic of the weights (a, b), so that the best are
/// found exactly and not on a grid.
struct FoldedChoice {
  typealias Weights = (a: Double, b: Double)
  /// A shrunk student without a teacher, distillation with the best λ, and both weights, b ≥ 0.
  let shrunk, mixed, tuned: Weights

  /// How many rows each of the folds has; none where the others would be too few to fit a student.
  static func sizes(rows n: Int, inputs: Int, _ settings: BaselineSettings) -> [Int] {
    let folds = settings.folds
    guard settings.kind == .tuned, folds > 0, folds <= n, n - (n + folds - 1) / folds >= inputs + 2 else { return [] }
    return (0..<folds).map { (n + $0) / folds }
  }

  /// Nil where double precision cannot fit the folds.
  init?(_ folds: [Gram], _ draws: BaselineDraws) {
    let (p2, y) = (draws.p2, draws.p1 + draws.p2)
    let all = folds.dropFirst().reduce(folds[0], +)
    // Of the predictions u, v of both fits: their products with the label and with each other, over the held-out rows.
    var (yu, yv, uu, uv, vv) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for fold in folds {
      let rest = all - fold
      guard let label = try? rest.fit(of: y, on: p2), let teacher = try? rest.fit(combination: draws.teacher, on: p2)
      else { return nil }
      func product(_ a: [Double], _ b: [Double]) -> Double {
        (0..<p2).reduce(0.0) { sum, i in sum + a[i] * (0..<p2).reduce(0.0) { $0 + fold[i, $1] * b[$1] } }
      }
      yu += (0..<p2).reduce(0.0) { $0 + label[$1] * fold[y, $1] }
      yv += (0..<p2).reduce(0.0) { $0 + teacher[$1] * fold[y, $1] }
      uu += product(label, label)
      uv += product(label, teacher)
      vv += product(teacher, teacher)
    }
    shrunk = (uu > 0 ? max(0, yu / uu) : 0, 0)
    // y − u − α(v − u).
    let spread = vv - 2 * uv + uu
    let alpha = spread > 0 ? min(1, max(0, (yv - yu - uv + uu) / spread)) : 0
    mixed = (1 - alpha, alpha)
    let determinant = uu * vv - uv * uv
    let both = ((yu * vv - yv * uv) / determinant, (yv * uu - yu * uv) / determinant)
    if determinant > 1e-12 * uu * vv, both.1 > 0 {
      // With a negative weight of the labels the best on the boundary is the teacher alone.
      tuned = both.0 >= 0 ? both : (0, max(0, yv / vv))
    } else {
      tuned = shrunk
    }
  }
}

/// What chosen weights came to on all samples.
struct ChosenSums: Sendable {
  private(set) var shrunk = RunningMoments(), mixed = RunningMoments(), tuned = RunningMoments()
  /// Shrunk less tuned, on the same sample, and how often the teacher got a weight.
  private(set) var kept = RunningMoments()
  private(set) var taught = 0

  var count: Int { kept.count }

  mutating func add(_ choice: FoldedChoice, _ excess: (FoldedChoice.Weights) -> Double) {
    let (without, with) = (excess(choice.shrunk), excess(choice.tuned))
    shrunk.add(without)
    mixed.add(excess(choice.mixed))
    tuned.add(with)
    kept.add(without - with)
    if choice.tuned.b > 0 { taught += 1 }
  }

  mutating func pass(_ body: (inout Double) -> Void) {
    shrunk.pass(body)
    mixed.pass(body)
    tuned.pass(body)
    kept.pass(body)
    var number = Double(taught)
    body(&number)
    taught = Int(exactly: number) ?? 0
  }

  mutating func merge(_ other: ChosenSums) {
    shrunk.merge(other.shrunk)
    mixed.merge(other.mixed)
    tuned.merge(other.tuned)
    kept.merge(other.kept)
    taught += other.taught
  }
}

/// What remains of the gain where the weights are not known but chosen by cross-validation.
public struct ChosenWeights: Sendable {
  /// The mean excess risk of the shrunk student without a teacher, of distillation with the chosen λ, and of both weights.
  public let shrunk, mixed, tuned: RunningMoments
  /// The excess of the shrunk student less that of the tuned one, on the same samples.
  public let gain: RunningMoments
  /// What the best weights gain over the best shrunk student, by the closed form.
  public let exactGain: Rational
  /// In which share of the samples the teacher got a weight.
  public let shareTaught: Double

  init(_ sums: ChosenSums, gain exact: Rational) {
    (shrunk, mixed, tuned, gain, exactGain) = (sums.shrunk, sums.mixed, sums.tuned, sums.kept, exact)
    shareTaught = Double(sums.taught) / Double(max(1, sums.count))
  }

  /// The share of the exact gain that remains, negative where choosing costs more than the teacher brings; nil where there is
  /// none.
  public var keptShare: Double? { exactGain.signum > 0 ? gain.mean / exactGain.asDouble : nil }
}
