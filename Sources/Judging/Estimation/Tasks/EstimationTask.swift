// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import SeededRuns

/// A joint distribution of two vectors whose mutual information is known, from which samples can be drawn.
public struct EstimationTask: Sendable, Identifiable {
  /// A short name without spaces, such as "1v1-normal-0.75"; those of the published benchmark are its own.
  public let id: String
  /// What it is, in words.
  public let title: String
  /// The number of columns of x.
  public let xDimension: Int
  /// The number of columns of y.
  public let yDimension: Int
  /// Whether x and y are jointly Gaussian.
  public let isGaussian: Bool
  /// Where the distribution comes from.
  public let truth: Truth
  let law: PairLaw

  /// The true mutual information.
  public enum Truth: Sendable, Hashable {
    /// ½ ln r, exactly.
    case exact(HalfLogarithm)
    /// A closed form, as a formula and its value in nats to 1e-12.
    case closedForm(String, nats: Double)

    /// The value in nats.
    public var nats: Double {
      switch self {
      case .exact(let value): value.asDouble
      case .closedForm(_, let nats): nats
      }
    }

    /// The formula: "½ ln 16/7".
    public var formula: String {
      switch self {
      case .exact(let value): value == .zero ? "0" : value.description
      case .closedForm(let formula, _): formula
      }
    }
  }

  @inline(never) init(_ id: String, _ title: String, _ law: PairLaw) {
    (self.id, self.title, self.law) = (id, title, law)
    (xDimension, yDimension, isGaussian, truth) = (law.xDimension, law.yDimension, law.isGaussian, law.truth)
  }

  /// The true mutual information in nats.
  public var nats: Double { truth.nats }

  /// `rows` independent rows, reproducible from the seed.
  ///
  /// Samples of different tasks under one seed are independent.
  ///
  /// - Throws: ``EstimationError/tooFewRows(_:needed:by:)`` for fewer than 2 rows.
  public func sample(rows: Int, seed: UInt64) throws(EstimationError) -> PairedSample {
    guard rows >= 2 else { throw .tooFewRows(rows, needed: 2, by: "a sample") }
    return try law.sample(rows: rows, seed: seed, stream: fingerprint(of: id))
  }
}

/// How the rows of a task are made: a base distribution, and a map of each side that keeps the information.
struct PairLaw: Sendable {
  let base: BaseLaw
  var xMaps: [SideMap] = []
  var yMaps: [SideMap] = []

  var xDimension: Int { xMaps.reduce(base.xDimension) { $1.dimension(of: $0) } }
  var yDimension: Int { yMaps.reduce(base.yDimension) { $1.dimension(of: $0) } }
  var isGaussian: Bool { base.isGaussian && xMaps.isEmpty && yMaps.isEmpty }
  var truth: EstimationTask.Truth { base.truth }

  /// The same with one more map on each side.
  @inline(never) func mapped(_ x: SideMap?, _ y: SideMap?) -> PairLaw {
    PairLaw(base: base, xMaps: xMaps + (x.map { [$0] } ?? []), yMaps: yMaps + (y.map { [$0] } ?? []))
  }

  func sample(rows: Int, seed: UInt64, stream: UInt64) throws(EstimationError) -> PairedSample {
    let both = base.rows(rows, seed: seed, stream: stream)
    let (p, d) = (base.xDimension, base.xDimension + base.yDimension)
    var (x, y) = ([Double](), [Double]())
    for row in 0..<rows {
      x += xMaps.reduce(Array(both[row * d..<row * d + p])) { $1($0) }
      y += yMaps.reduce(Array(both[row * d + p..<(row + 1) * d])) { $1($0) }
    }
    return try PairedSample(x: x, xDimension: xDimension, y: y, yDimension: yDimension)
  }
}
