// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Gaussian
import SeededRuns
import Testing

@testable import Estimation

/// The information of one's own data: what columns are, intervals, tests, biases, warnings.
///
/// Every sample has a fixed seed.
@Suite struct InformationStudyTests {
  private static func normals(_ rows: Int, _ columns: Int, correlation: Double, seed: UInt64) -> [[[Double]]] {
    let source = NormalSource(seed: seed)
    let noise = (1 - correlation * correlation).squareRoot()
    var sides = [[[Double]]](repeating: [], count: 2)
    for _ in 0..<columns {
      let x = source.normals(rows)
      sides[0].append(x)
      sides[1].append(zip(x, source.normals(rows)).map { correlation * $0 + noise * $1 })
    }
    return sides
  }

  private static func measured(_ sides: [[[Double]]]) throws -> MeasuredSample {
    func columns(_ side: Int) -> [MeasuredColumn] {
      sides[side].enumerated().map { MeasuredColumn("\(side)-\($0)", numbers: $1) }
    }
    return try MeasuredSample(x: columns(0), y: columns(1))
  }

  private static func findings(
    _ sample: MeasuredSample, threads: Int = 2, _ change: (inout InformationStudy.Settings) -> Void = { _ in }
  ) async throws -> [InformationFinding] {
    var settings = InformationStudy.Settings()
    (settings.halves, settings.permutations, settings.simulations, settings.seed) = (20, 19, 5, 1)
    change(&settings)
    let study = InformationStudy(sample, methods: InformationMethod.suited(to: sample), settings)
    return try #require(await study.findings(study.run(), threads: threads))
  }

  @Test func columnsAreWhatTheirValuesAre() throws {
    let (few, many) = ((0..<100).map { Double($0 % 10) }, (0..<100).map { Double($0 % 11) })
    #expect(MeasuredColumn("a", numbers: few).kind == .discrete)
    #expect(MeasuredColumn("a", numbers: many).kind == .continuous)
    #expect(MeasuredColumn("a", numbers: few, kind: .continuous).kind == .continuous)
    let texts = MeasuredColumn("a", texts: ["b", "c", "b"])
    #expect(texts.kind == .discrete && texts.values == [0, 1, 0] && texts.isText)
    func sample(_ x: [Double], _ y: [Double]) throws -> MeasuredSample {
      try MeasuredSample(x: [MeasuredColumn("x", numbers: x)], y: [MeasuredColumn("y", numbers: y)])
    }
    let free = (0..<100).map { Double($0 * $0) }
    func names(_ x: [Double], _ y: [Double]) throws -> [String] {
      InformationMethod.suited(to: try sample(x, y)).map(\.name)
    }
    #expect(try names(free, free) == ["ksg1", "ksg2", "gaussian"])
    #expect(try names(free, many) == ["mixed", "gaussian"])
    #expect(try names(few, free) == ["ross"] && names(few, few) == ["counts"] && names(few, many) == ["mixed"])
  }

  /// A class is a class whatever numbers stand for it, and beside measurements of any unit.
  @Test func classesHaveNoSize() async throws {
    let x = NormalSource(seed: 2).normals(300)
    func nats(_ names: [Double], unit: Double, methods: [String]) async throws -> [Double] {
      let labels = x.indices.map { names[($0 + (x[$0] > 0 ? 1 : 0)) % 3] }
      let sample = try MeasuredSample(
        x: [MeasuredColumn("x", numbers: x.map { $0 * unit + 1e3 })], y: [MeasuredColumn("y", numbers: labels)])
      return try methods.map { name in
        let method = try #require(InformationMethod.named(name, for: sample))
        return try method.estimate(sample.coded.pair, z: [], seed: 0).nats
      }
    }
    let methods = ["ross", "mixed", "auto"]
    let first = try await nats([0, 1, 2], unit: 1, methods: methods)
    // Ross and the mixed estimator are the same where codes lie far apart.
    #expect(abs(first[0] - first[1]) < 1e-12 && abs(first[0] - first[2]) < 1e-12)
    let other = try await nats([7e6, -1, 0.25], unit: 1e5, methods: methods)
    #expect(zip(first, other).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test func ranksForgetIncreasingMaps() throws {
    let x = NormalSource(seed: 4).normals(200)
    #expect(ColumnScale.ranks(x) == ColumnScale.ranks(x.map { exp($0) }))
    #expect(
      ColumnScale.ranks([3, 1, 3]) == [
        ColumnScale.ranks([3, 1, 3])[2], ColumnScale.ranks([3, 1, 3])[1], ColumnScale.ranks([3, 1, 3])[0],
      ])
    let unit = ColumnScale.unit(x.map { $0 * 1e200 + 1e201 })
    let mean = unit.reduce(0, +) / 200
    #expect(abs(mean) < 1e-9 && abs(unit.reduce(0) { $0 + $1 * $1 } / 200 - 1) < 1e-9)
  }

  /// The standard deviation of halves is that of the estimate over samples: their ratio over 40 samples is within a factor of 1.6 with a
  /// probability of error below 1e-4 for normal errors (chi-squared with 39 degrees); the seeds are fixed.
  @Test func halvesTellTheStandardDeviation() async throws {
    let ksg = KSG()
    var (estimates, widths) = ([Double](), [Double]())
    for seed in 0..<40 {
      let sample = try Self.measured(Self.normals(200, 1, correlation: 0.6, seed: UInt64(seed)))
      estimates.append(try ksg.estimate(sample.coded.pair).nats)
      guard seed < 6 else { continue }
      var settings = InformationStudy.Settings()
      (settings.halves, settings.permutations, settings.simulations, settings.seed) = (30, 0, 0, UInt64(seed))
      let study = InformationStudy(sample, methods: [InformationMethod(ksg)], settings)
      let finding = try #require(await study.findings(study.run(), threads: 2))[0]
      #expect(finding.test == nil && finding.onGaussian == nil)
      let interval = try #require(finding.interval?.value)
      widths.append((interval.upper - interval.lower) / 2 / 1.959964)
    }
    let mean = estimates.reduce(0, +) / 40
    let deviation = (estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 39).squareRoot()
    let told = (widths.reduce(0) { $0 + $1 * $1 } / Double(widths.count)).squareRoot()
    #expect((1 / 1.6...1.6).contains(told / deviation), "\(told) against \(deviation)")
  }

  @Test func informationIsFoundAndTested() async throws {
    let sample = try Self.measured(Self.normals(300, 1, correlation: 0.8, seed: 7))
    let found = try await Self.findings(sample)
    for finding in found {
      // ½ ln 1/(1 − 0.64), whose estimates have a standard deviation of 0.05.
      #expect(abs((finding.estimate?.nats ?? 9) - 0.5108) < 0.25, "\(finding.method)")
      #expect(finding.test?.probability == 1.0 / 20 && abs(finding.test?.mean ?? 9) < 0.1)
      #expect(finding.warnings.isEmpty && finding.interval?.halves == 20)
      #expect(abs(finding.onGaussian?.bias ?? 9) < 0.1)
    }
    let one = try await Self.findings(sample, threads: 1)
    #expect(one.map(\.estimate) == found.map(\.estimate) && one.map(\.test) == found.map(\.test))
    #expect(
      one.map(\.onGaussian) == found.map(\.onGaussian) && one.map(\.interval?.value) == found.map(\.interval?.value))
  }

  /// 100 rows of 8 + 8 columns that share 4 nats: neighbours see a third of it, and the tool says so, with a figure.
  @Test func manyColumnsAreWarnedOf() async throws {
    let sample = try Self.measured(Self.normals(100, 8, correlation: 0.8, seed: 3))
    let found = try await Self.findings(sample) { $0.permutations = 0 }
    let ksg = try #require(found.first)
    #expect(ksg.warnings.contains { $0.contains("too low on a Gaussian of these correlations") })
    #expect((ksg.onGaussian?.bias ?? 0) < -1)
    // The Gaussian method has no such bias there.
    #expect(found[2].method == "gaussian" && found[2].warnings.isEmpty)
  }

  @Test func impossibleDataHaveReasons() async throws {
    let x = NormalSource(seed: 1).normals(60)
    let sample = try MeasuredSample(
      x: [MeasuredColumn("x", numbers: x)],
      y: [MeasuredColumn("y", texts: x.map { $0 > 0 ? "a" : "b" })])
    for name in ["ksg1", "gaussian"] {
      let method = try #require(InformationMethod.named(name, for: sample))
      let study = InformationStudy(sample, methods: [method])
      let finding = try #require(await study.findings(study.run(), threads: 2))[0]
      #expect(finding.estimate == nil && finding.reason?.contains("\"y\" holds texts") == true)
    }
    #expect(throws: EstimationError.noColumns(.y)) {
      try MeasuredSample(x: [MeasuredColumn("x", numbers: [1, 2])], y: [])
    }
    #expect(throws: EstimationError.self) {
      try MeasuredSample(x: [MeasuredColumn("x", numbers: [1, 2])], y: [MeasuredColumn("y", numbers: [1, 2, 3])])
    }
    #expect(throws: EstimationError.self) {
      try MeasuredSample(x: [MeasuredColumn("x", numbers: [1, .nan])], y: [MeasuredColumn("y", numbers: [1, 2])])
    }
    // As many columns as rows have no counterpart; nothing traps.
    let wide = try Self.measured(Self.normals(8, 5, correlation: 0.5, seed: 1))
    #expect(try await Self.findings(wide).allSatisfy { $0.onGaussian == nil })
  }
}
