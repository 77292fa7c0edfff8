// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra

extension Evaluator {
  /// The most terms of a sum that counts.
  static let mostTerms = 500
  /// The largest number of which combinations are counted.
  private static let largestBinomial = 10_000

  /// The sum over the rows of the design, or over 0, 1, … below a number.
  func value(_ fold: Fold) throws(Undefined) -> Value {
    let before = counter
    defer { counter = before }
    let count = try count(fold)
    var sum = Value.rational(0)
    for place in 0..<count {
      counter = place
      sum = try sum + value(fold.body)
    }
    return fold.isMean ? try sum * .rational(Rational(1, count)) : sum
  }

  private func count(_ fold: Fold) throws(Undefined) -> Int {
    guard let below = fold.below else { return try designRows().leverages.count }
    guard case .rational(let bound) = try value(below) else { throw Undefined.shape }
    if bound.signum <= 0 { return 0 }
    guard let count = (-(-bound).floor).asInt, count <= Evaluator.mostTerms else { throw Undefined.tooManyTerms }
    return count
  }

  private func designRows() throws(Undefined) -> DesignRows {
    try met { () throws(Unmet) in try facts.designRows() }
  }

  /// A word of the row that the sum has come to: by the moments that are given of it, and not those of all.
  func rowWord(_ word: Word) throws(Undefined) -> Rational {
    let rows = try designRows()
    if word == .leverage { return rows.leverages[counter] }
    guard instance.extras.rowMoments != nil else { throw Undefined.unmet(.rowMoments) }
    let row = rows.moments[counter]
    switch word {
    case .residualVariance: return row.y
    case .teacherResidualVariance: return row.t
    case .residualCovariance: return row.ty
    case .differenceVariance: return row.y + row.t - 2 * row.ty
    case .beta: return row.ty / row.y
    case .slack: return row.y - row.ty
    default: throw Undefined.shape
    }
  }

  /// The number of ways to choose `k` of `n`.
  static func binomial(_ n: Rational, _ k: Rational) throws(Undefined) -> Rational {
    guard let all = n.asInt, let chosen = k.asInt, (0...largestBinomial).contains(all), chosen >= 0 else {
      throw Undefined.binomial
    }
    if chosen > all { return 0 }
    return (0..<min(chosen, all - chosen)).reduce(Rational(1)) { $0 * Rational(all - $1) / Rational($1 + 1) }
  }
}
