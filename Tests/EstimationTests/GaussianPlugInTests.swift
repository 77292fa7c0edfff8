// SPDX-License-Identifier: GPL-3.0-or-later
import Estimation
import ExactAlgebra
import Foundation
import DataTables
import Gaussian
import SeededRuns
import Testing

@Suite struct GaussianPlugInTests {
  /// Against ½ ln r of the exact sample covariance of the same numbers.
  @Test(arguments: [(1, 1), (1, 3), (3, 2), (4, 4)]) func plainEqualsTheExactOne(_ p1: Int, _ p2: Int) throws {
    var random = RandomSource(seed: 5, index: UInt64(p1 * 8 + p2))
    for offset in [0, 1_000_000] {
      let rows = (0..<14).map { _ in (0..<p1 + p2).map { _ in offset + random.integer(in: -50...50) } }
      let exact = try exactPlugIn(rows, p1: p1)
      let sample = try PairedSample(
        x: rows.map { $0[..<p1].map(Double.init) }, y: rows.map { $0[p1...].map(Double.init) })
      let estimate = try GaussianPlugIn(correction: .none).estimate(sample).nats
      #expect(abs(estimate - exact.asDouble) < 1e-12)
      #expect(abs(try GaussianPlugIn(correction: .none).estimate(sample.swapped).nats - estimate) < 1e-12)
    }
  }

  private func exactPlugIn(_ rows: [[Int]], p1: Int) throws -> HalfLogarithm {
    let d = rows[0].count
    let header = (0..<d).map { "c\($0)" }.joined(separator: ",") + "\n"
    let table = try DataTable(csv: header + rows.map { $0.map(String.init).joined(separator: ",") + "\n" }.joined())
    return try table.covariance(of: table.columns).mutualInformation(Array(0..<p1), Array(p1..<d))
  }

  @Test func scalesAndOffsetsDoNotMatter() throws {
    let sample = try PairedSample(x: [[1], [2], [4], [-3], [0]], y: [[2], [1], [5], [-2], [-2]])
    let plain = try GaussianPlugIn(correction: .none).estimate(sample).nats
    for scale in [1e-300, 3.0, 1e300] {
      let scaled = try PairedSample(x: sample.x.map { $0 * scale }, xDimension: 1, y: sample.y, yDimension: 1)
      #expect(abs(try GaussianPlugIn(correction: .none).estimate(scaled).nats - plain) < 1e-14)
    }
    let moved = try PairedSample(x: sample.x.map { $0 + 0x1p50 }, xDimension: 1, y: sample.y, yDimension: 1)
    #expect(try GaussianPlugIn(correction: .none).estimate(moved).nats == plain)
  }

  /// −½ ln(1 − ρ²)'s bias at n = 10, p1 = p2 = 1 is ½[2ψ(9/2) − ψ(9/2) − ψ(4)]; ψ(9/2) − ψ(4) in closed form.
  @Test func exactBias() {
    let digammaNineHalves = -2 * log(2.0) + 2 * (1 + 1 / 3.0 + 1 / 5.0 + 1 / 7.0)  // plus −γ
    let digammaFour = 1 + 1 / 2.0 + 1 / 3.0  // plus −γ
    #expect(abs(GaussianPlugIn.bias(n: 10, p1: 1, p2: 1) - (digammaNineHalves - digammaFour) / 2) < 1e-15)
    #expect(abs(GaussianPlugIn.bias(n: 57, p1: 3, p2: 5) - GaussianPlugIn.bias(n: 57, p1: 5, p2: 3)) < 1e-15)
    #expect(abs(GaussianPlugIn.bias(n: 100_000, p1: 4, p2: 6) - 24 / 200_000.0) < 1e-8)
  }

  @Test func singularCovariancesNameAColumn() throws {
    let estimator = GaussianPlugIn()
    let (varied, other) = ([1, 2, 4, 8, 9, 3.0], [5, 1, 1, 7, 2, 2.0])
    func sample(_ x: [[Double]], _ y: [[Double]]) throws -> PairedSample {
      func rows(_ columns: [[Double]]) -> [[Double]] { (0..<6).map { row in columns.map { $0[row] } } }
      return try PairedSample(x: rows(x), y: rows(y))
    }
    let constant = [Double](repeating: 0.1, count: 6)
    try expect(.constantColumn(.x, column: 1)) { try estimator.estimate(sample([varied, constant], [other])) }
    try expect(.constantColumn(.y, column: 0)) { try estimator.estimate(sample([varied], [constant])) }
    try expect(.dependentColumn(.y, column: 0)) {
      try estimator.estimate(sample([varied], [varied.map { 3 - $0 / 7 }]))
    }
    let sum = zip(varied, other).map { 0.1 * $0 + 0.7 * $1 }
    try expect(.dependentColumn(.x, column: 2)) {
      try estimator.estimate(sample([varied, other, sum], [[1, 0, 0, 1, 0, 2]]))
    }
    try expect(.tooFewRows(6, needed: 7, by: "a covariance of 3 + 3 columns")) {
      try estimator.estimate(sample([varied, other, sum], [varied, other, sum]))
    }
  }
}
