// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation
import Testing

@testable import Advice

/// The jackknife against closed forms.
@Suite struct JackknifeTests {
  private static let sample = [3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
  private static func spread(_ values: [Double]) -> Double {
    mean(values.map { ($0 - mean(values)) * ($0 - mean(values)) })
  }

  /// Of the mean it is the mean and s²/n; of the variance with denominator n, biased by −1/n, that with n − 1 (Quenouille 1949).
  @Test func meanAndVariance() {
    let n = Self.sample.count
    func statistics(_ values: [Double]) -> [Double] { [Self.mean(values), Self.spread(values)] }
    let without = Self.sample.indices.map { row in
      statistics(Self.sample.indices.filter { $0 != row }.map { Self.sample[$0] })
    }
    let jackknife = Jackknife(
      whole: statistics(Self.sample), without: without, rows: (n, Self.sample.map { _ in n - 1 }))
    let unbiased = Self.spread(Self.sample) * Double(n) / Double(n - 1)
    #expect(abs(jackknife.estimates[0] - Self.mean(Self.sample)) < 1e-12)
    #expect(abs(jackknife.estimates[1] - unbiased) < 1e-12)
    #expect(abs(jackknife.covariance[0][0] - unbiased / Double(n)) < 1e-12)
  }

  /// Groups of 1, 2 and 3 rows: the mean is still the mean.
  @Test func unequalGroups() {
    let groups = [[0], [1, 2], [3, 4, 5], [6], [7, 8], [9, 10, 11]]
    let without = groups.map { group in
      [Self.mean(Self.sample.indices.filter { !group.contains($0) }.map { Self.sample[$0] })]
    }
    let jackknife = Jackknife(
      whole: [Self.mean(Self.sample)], without: without, rows: (12, groups.map { 12 - $0.count }))
    #expect(abs(jackknife.estimates[0] - Self.mean(Self.sample)) < 1e-12)
    #expect(jackknife.covariance[0][0] > 0)
  }

  /// The range of a quotient is Fieller's interval: the roots of (a − θb)² = t²(Vaa − 2θVab + θ²Vbb).
  @Test func quotientsHaveFiellersInterval() {
    let (a, b) = ([2.0, 3, 2.5, 4, 3.2, 2.2, 3.9, 2.8], [5.0, 6, 4.5, 7, 5.5, 5.2, 6.6, 4.4])
    func statistics(_ rows: [Int]) -> [Double] { [Self.mean(rows.map { a[$0] }), Self.mean(rows.map { b[$0] })] }
    let rows = Array(a.indices)
    let jackknife = Jackknife(
      whole: statistics(rows), without: rows.map { row in statistics(rows.filter { $0 != row }) },
      rows: (8, rows.map { _ in 7 }))
    let range = jackknife.range([0, 1], level: 0.9) { $0[0] / $0[1] }
    let t = max(jackknife.quantile(0, level: 0.9), jackknife.quantile(1, level: 0.9))
    let (v, e) = (jackknife.covariance, jackknife.estimates)
    let (p, q, r) = (
      e[1] * e[1] - t * t * v[1][1], e[0] * e[1] - t * t * v[0][1], e[0] * e[0] - t * t * v[0][0]
    )
    let root = (q * q - p * r).squareRoot()
    #expect(abs(range.lower - (q - root) / p) < 1e-5 && abs(range.upper - (q + root) / p) < 1e-5)
  }
}
