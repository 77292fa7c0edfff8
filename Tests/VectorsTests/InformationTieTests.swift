// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON
import Foundation
import Oracle
import Testing

@testable import Vectors

/// The ties of ΔI that plain doubles are asked about: every usual way to compute decides them rightly, and shows ≥ for >.
@Suite struct InformationTieTests {
  private static let ties = InformationTies.all

  @Test func theyAreTies() throws {
    #expect(Self.ties.count >= 8)
    for tie in Self.ties {
      let answer = try ExactOracle.answer(.cch, input: tie.input)
      #expect(
        answer[.teacherInformation] == answer[.labelInformation]
          && answer[.labelInformation] != .nats(.init(HalfLogarithm(of: 1))), "\(tie.comment)")
    }
  }

  @Test func everyWayIsRight() throws {
    for tie in Self.ties {
      let covariances = try Covariances(tie.input)
      var (ways, ties) = (0, 0)
      for scaling in Scaling.allCases {
        for way in Way.allCases {
          // (t, s) and (s, y); (s, t) and (s, y); (t, s) and (y, s).
          for (swapsFirst, swapsSecond) in [(false, false), (true, false), (false, true)] {
            let ts = way.information(covariances.teacher, swapsFirst, scaling)
            for label in [covariances.label, covariances.inputs]
            where way.isFor(label) == way.isFor(covariances.teacher) {
              let sy = way.information(label, swapsSecond, scaling)
              #expect(ts <= sy, "\(tie.comment), \(way), of correlations: \(scaling), \(swapsFirst) \(swapsSecond)")
              (ways, ties) = (ways + 1, ties + (ts == sy ? 1 : 0))
            }
          }
        }
      }
      // Equal numbers are what ≥ makes of wrong.
      #expect(ties * 10 >= 8 * ways, "\(tie.comment): \(ties) of \(ways)")
    }
  }
}

/// The units that a program computes in.
private enum Scaling: CaseIterable { case asGiven, powersOfTwo, correlations }

/// The covariance of two Gaussian vectors, the first `p` coordinates being the first one.
private struct Pair {
  let sigma: [[Double]]
  let p: Int

  func swapped() -> Pair {
    let order = Array(p..<sigma.count) + Array(0..<p)
    return Pair(sigma: order.map { i in order.map { sigma[i][$0] } }, p: sigma.count - p)
  }

  func scaled(_ scaling: Scaling) -> Pair {
    let units = sigma.indices.map { index -> Double in
      let deviation = sigma[index][index].squareRoot()
      return switch scaling {
      case .asGiven: 1
      case .powersOfTwo: deviation.binade
      case .correlations: deviation
      }
    }
    return Pair(sigma: sigma.indices.map { i in sigma.indices.map { sigma[i][$0] / (units[i] * units[$0]) } }, p: p)
  }

  func block(_ range: Range<Int>) -> [[Double]] { range.map { i in range.map { sigma[i][$0] } } }
}

/// What a program has computed before it comes to informations.
private struct Covariances {
  /// t and s; s and y; x2 and y.
  let teacher, label, inputs: Pair

  init(_ input: JSONValue) throws {
    let instance = try OracleInput(input).instance(withRows: false)
    let (x1, x2, y, w1) = (instance.x1, instance.x2, instance.y, instance.w1)
    let sigma = instance.sigma
    let weights = try sigma.selecting(rows: x2, columns: x2).solve(sigma.selecting(rows: x2, columns: y))
    let t = sigma.selecting(rows: x1, columns: x1)
    func pair(_ a: RationalMatrix, _ cross: RationalMatrix, _ b: RationalMatrix) -> Pair {
      let n = a.rows + b.rows
      return Pair(
        sigma: (0..<n).map { i in
          (0..<n).map { j in
            switch (i < a.rows, j < a.rows) {
            case (true, true): a[i, j].asDouble
            case (true, false): cross[i, j - a.rows].asDouble
            case (false, true): cross[j, i - a.rows].asDouble
            case (false, false): b[i - a.rows, j - a.rows].asDouble
            }
          }
        }, p: a.rows)
    }
    let s = weights.transposed * sigma.selecting(rows: x2, columns: y)
    teacher = pair(w1.transposed * t * w1, w1.transposed * sigma.selecting(rows: x1, columns: x2) * weights, s)
    label = pair(s, s, sigma.selecting(rows: y, columns: y))
    inputs = pair(
      sigma.selecting(rows: x2, columns: x2), sigma.selecting(rows: x2, columns: y),
      sigma.selecting(rows: y, columns: y))
  }
}

/// A usual way to compute an information in doubles.
private enum Way: CaseIterable {
  case cholesky, choleskyHalved, elimination, determinants, conditional, conditionalRatio, squares, squaresByLog1p

  /// Whether it is a formula for this pair: those of ρ² are for scalars.
  func isFor(_ pair: Pair) -> Bool { ![.squares, .squaresByLog1p].contains(self) || pair.sigma.count == 2 }

  func information(_ pair: Pair, _ swaps: Bool, _ scaling: Scaling) -> Double {
    var pair = swaps ? pair.swapped() : pair
    pair = pair.scaled(scaling)
    let n = pair.sigma.count
    let (a, b, both) = (pair.block(0..<pair.p), pair.block(pair.p..<n), pair.sigma)
    switch self {
    case .cholesky:
      func logDeterminant(_ m: [[Double]]) -> Double { 2 * cholesky(m).reduce(0) { $0 + log($1) } }
      return 0.5 * (logDeterminant(a) + logDeterminant(b) - logDeterminant(both))
    case .choleskyHalved:
      func half(_ m: [[Double]]) -> Double { cholesky(m).reduce(0) { $0 + log($1) } }
      return half(a) + half(b) - half(both)
    case .elimination:
      func logDeterminant(_ m: [[Double]]) -> Double { pivots(m).reduce(0) { $0 + log($1) } }
      return 0.5 * (logDeterminant(a) + logDeterminant(b) - logDeterminant(both))
    case .determinants:
      return 0.5 * (log(pivots(a).reduce(1, *)) + log(pivots(b).reduce(1, *)) - log(pivots(both).reduce(1, *)))
    case .conditional:
      let rest = pivots(both).suffix(b.count)
      return 0.5 * (pivots(b).reduce(0) { $0 + log($1) } - rest.reduce(0) { $0 + log($1) })
    case .conditionalRatio: return 0.5 * log(pivots(b).reduce(1, *) / pivots(both).suffix(b.count).reduce(1, *))
    case .squares, .squaresByLog1p:
      guard n == 2 else { return Way.conditional.information(pair, false, .asGiven) }
      let square = both[0][1] / a[0][0] * (both[0][1] / b[0][0])
      return self == .squares ? -0.5 * log(1 - square) : -0.5 * log1p(-square)
    }
  }

  /// The diagonal of Cholesky's factor.
  private func cholesky(_ m: [[Double]]) -> [Double] {
    var l = m
    for j in m.indices {
      for k in 0..<j { l[j][j] -= l[j][k] * l[j][k] }
      l[j][j] = l[j][j].squareRoot()
      for i in m.indices where i > j {
        for k in 0..<j { l[i][j] -= l[i][k] * l[j][k] }
        l[i][j] /= l[j][j]
      }
    }
    return m.indices.map { l[$0][$0] }
  }

  /// The pivots of the elimination without exchange of rows.
  private func pivots(_ m: [[Double]]) -> [Double] {
    var m = m
    for j in m.indices {
      for i in m.indices where i > j {
        let factor = m[i][j] / m[j][j]
        for k in m.indices where k >= j { m[i][k] -= factor * m[j][k] }
      }
    }
    return m.indices.map { m[$0][$0] }
  }
}
