// SPDX-License-Identifier: GPL-3.0-or-later
/// What a mutual information cannot exceed since one of the variables takes few values: that variable's entropy.
///
/// I(x; y) ≤ min(H(x), H(y)), and the entropy of a class is at most ln(number of classes). The entropy is that of the sample.
public struct InformationBound: Sendable, Hashable {
  /// The bound in nats.
  public let nats: Double
  /// Whose entropy it is, in words.
  public let name: String
  /// By how much an estimator of neighbours may exceed the sample's entropy: ψ(n) − ⟨ψ(n_v)⟩ − (ln n − ⟨ln n_v⟩).
  private let excess: Double
  private let rows: Int

  /// The bound for a class.
  ///
  /// - Precondition: there is a label.
  public init(labels: [Int]) { self.init(Symbols(labels), "the entropy of the class, H(Y),") }

  /// The bound for a sample; nil where neither side takes few values.
  public init?(_ sample: PairedSample) {
    let bounds = Side.allCases.map { (side: $0, symbols: Symbols(sample, $0)) }.filter { $0.symbols.areFew }
      .map { InformationBound($0.symbols, "the entropy of \($0.side.rawValue)") }
    guard let least = bounds.min(by: { $0.nats < $1.nats }) else { return nil }
    self = least
  }

  init(_ symbols: Symbols, _ name: String) {
    let harmonic = HarmonicNumbers(upTo: symbols.ofRows.count)
    let n = Double(symbols.ofRows.count)
    (nats, self.name, rows) = (symbols.entropy, name, symbols.ofRows.count)
    var own = CompensatedSum()
    for count in symbols.counts { own.add(Double(count) * harmonic[count - 1]) }
    excess = harmonic[symbols.ofRows.count - 1] - own.value / n - nats
  }

  /// The estimate where it is possible, the bound where it is above it by no more than its own error, with a note that says so.
  ///
  /// That error is two standard errors or, if more, what neighbour counts exceed the entropy by where classes are told apart
  /// without fault. Neither an estimate far above the bound is passed on, nor one far below 0.
  ///
  /// - Throws: ``EstimationError/outOfBounds(nats:bound:of:)``.
  public func checking(_ estimate: Estimate) throws(EstimationError) -> Estimate {
    try InformationBound.checkSign(of: estimate, rows: rows)
    guard estimate.nats > nats else { return estimate }
    guard estimate.nats <= nats + max(excess, 2 * (estimate.standardError ?? 0)) + 1e-9 else {
      throw .outOfBounds(nats: estimate.nats, bound: nats, of: name)
    }
    return try Estimate(
      nats: nats, standardError: estimate.standardError, diagnostics: estimate.diagnostics,
      notes: estimate.notes + [
        "the estimate was \(shortDecimal(estimate.nats)); \(name) is the bound \(shortDecimal(nats))"
      ],
      method: estimate.method, isAtBound: true)
  }

  /// Checks that an estimate is not below 0 by more than its error: four standard errors and 1/√n, as standard errors of few rows are
  /// unsure themselves.
  ///
  /// - Throws: ``EstimationError/outOfBounds(nats:bound:of:)``.
  public static func checkSign(of estimate: Estimate, rows: Int) throws(EstimationError) {
    guard estimate.nats >= -(1 / Double(rows).squareRoot() + 4 * (estimate.standardError ?? 0)) else {
      throw .outOfBounds(nats: estimate.nats, bound: 0, of: "the least that an information can be")
    }
  }
}

extension PairedSample {
  /// The estimate, held against what is known of any information of this sample.
  ///
  /// - Throws: ``EstimationError/outOfBounds(nats:bound:of:)``.
  public func bounded(_ estimate: Estimate) throws(EstimationError) -> Estimate {
    if let bound = InformationBound(self) { return try bound.checking(estimate) }
    try InformationBound.checkSign(of: estimate, rows: count)
    return estimate
  }
}
