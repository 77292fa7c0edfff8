// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import MistakeCatalogue

extension KSGFormula {
  /// The textbook formula that gives every value with another term of n in the place of ψ(n); nil where none does.
  ///
  /// Such a bias shrinks with n, so that it is not the same for samples of different sizes (``affine(_:)``); but as a
  /// function of n it is known.
  static func otherRowTerm(_ pairs: [(sample: PairedSample, value: Double)]) -> KSGDiagnosis? {
    let tables = pairs.map { KSGTable($0.sample) }
    for formula in all where formula.isTextbook && formula.unit == .nats {
      for term in RowTerm.all {
        var errors: [Double] = []
        for (pair, table) in zip(pairs, tables) {
          let error = term.excess(rows: pair.sample.count)
          guard abs(table.nats(formula) + error - pair.value) < 2e-6 * max(1, abs(pair.value)) else { break }
          errors.append(abs(error))
        }
        guard errors.count == pairs.count else { continue }
        let deviation = errors.reduce(0, +) / Double(errors.count)
        return KSGDiagnosis(
          formula: "\(formula.words) with \(term.words) in the place of ψ(n)", deviation: deviation,
          isSlip: deviation > 1e-3)
      }
    }
    return nil
  }
}

/// What stands where Kraskov's estimates have ψ(n).
private enum RowTerm {
  /// ψ(n + m).
  case shifted(Int)
  /// ln(n + m).
  case logarithm(Int)

  static let all = (1...6).flatMap { [shifted(-$0), shifted($0)] } + [logarithm(0), logarithm(-1), logarithm(1)]

  /// By how much it is more than ψ(n).
  func excess(rows n: Int) -> Double {
    switch self {
    case .shifted(let m) where m > 0: (0..<m).reduce(0) { $0 + 1 / Double(n + $1) }
    case .shifted(let m): (m..<0).reduce(0) { $0 - 1 / Double(n + $1) }
    case .logarithm(let m):
      // ψ(n) = H(n−1) − γ.
      log(Double(n + m)) + 0.577_215_664_901_532_9 - (1..<n).reduce(0) { $0 + 1 / Double($1) }
    }
  }

  var words: String {
    func shifted(_ m: Int) -> String { m == 0 ? "n" : "n \(m < 0 ? "−" : "+") \(abs(m))" }
    return switch self {
    case .shifted(let m): "ψ(\(shifted(m)))"
    case .logarithm(let m): "ln(\(shifted(m)))"
    }
  }
}
