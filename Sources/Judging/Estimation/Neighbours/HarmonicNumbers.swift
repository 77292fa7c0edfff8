// SPDX-License-Identifier: GPL-3.0-or-later
/// The harmonic numbers H(m) = 1 + 1/2 + … + 1/m, summed without loss (Kahan–Neumaier).
struct HarmonicNumbers {
  private let values: [Double]

  /// H(0) … H(`limit`).
  init(upTo limit: Int) {
    var sum = CompensatedSum()
    values = (0...limit).map { m in
      if m > 0 { sum.add(1 / Double(m)) }
      return sum.value
    }
  }

  /// H(m).
  subscript(m: Int) -> Double { values[m] }

  /// Σ weights[m]·H(m).
  func sum(weights: [Int]) -> Double {
    var sum = CompensatedSum()
    for (m, weight) in weights.enumerated() where weight > 0 { sum.add(Double(weight) * values[m]) }
    return sum.value
  }
}

/// A sum whose rounding errors are collected and added at the end (Neumaier 1974).
struct CompensatedSum {
  private var sum = 0.0
  private var lost = 0.0

  /// Adds one term.
  mutating func add(_ term: Double) {
    let next = sum + term
    lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }

  /// The sum so far.
  var value: Double { sum + lost }
}
