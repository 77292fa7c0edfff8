// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import SeededRuns
import Testing

@testable import Estimation

/// The mixed estimator, Ross's and counting against double loops, other programs and each other.
@Suite struct MixedKSGTests {
  /// Both searches give the counts of the double loop: on random, tied, lattice, duplicated, constant, far and huge data.
  @Test func countsEqualTheNaiveOnes() throws {
    for index in 0..<300 {
      var random = RandomSource(seed: 2_017, index: UInt64(index))
      let kind = SampleKind.allCases[index % SampleKind.allCases.count]
      let sample = try kind.sample(&random)
      let k = random.integer(in: 1...min(sample.count - 1, 6))
      let naive = NaiveTied.mixed(sample, k: k)
      for search in NeighbourSearch.allCases {
        try #require(
          search.tiedCounts(sample, k: k, threads: 1 + index % 2) == naive,
          "case \(index), \(kind), k = \(k), \(search)")
      }
    }
  }

  @Test func withoutTiesItIsKSG() throws {
    var random = RandomSource(seed: 5, index: 0)
    for (p, q) in [(1, 1), (2, 1), (3, 2)] {
      let sample = try SampleKind.uniform.sample(&random, rows: 200, p, q)
      let (mixed, ksg) = (try MixedKSG(k: 3).estimate(sample), try KSG(.square, k: 3).estimate(sample))
      #expect(abs(mixed.nats - ksg.nats) < 1e-13 && mixed.method == nil)
      #expect(abs((mixed.standardError ?? 0) - (ksg.standardError ?? 1)) < 1e-13)
    }
  }

  /// Ross against a double loop; ties, rare classes and classes of one row among them.
  @Test func rossEqualsTheNaiveOne() throws {
    for index in 0..<120 {
      var random = RandomSource(seed: 2_014, index: UInt64(index))
      let kind = SampleKind.allCases[index % SampleKind.allCases.count]
      guard kind != .huge else { continue }
      let (rows, p) = (random.integer(in: 6...40), random.integer(in: 1...3))
      let sample = try kind.sample(&random, rows: rows, p, 1)
      var labels = (0..<rows).map { _ in random.integer(in: 0...4) * random.integer(in: 0...1) - 1 }
      labels[0] = labels[1]
      let k = random.integer(in: 1...4)
      let x = (0..<rows).map { Array(sample.x[$0 * p..<($0 + 1) * p]) }
      let estimate = try Ross(k: k, threads: 1 + index % 2).estimate(sample.x, columns: p, labels: labels)
      try #require(abs(estimate.nats - NaiveTied.ross(x, labels, k: k)) < 1e-12, "case \(index), \(kind)")
      let alone = labels.count { label in labels.count { $0 == label } == 1 }
      #expect(alone == 0 || estimate.notes.contains { $0.hasPrefix("\(alone) of \(rows) rows are alone") })
    }
  }

  /// A class whose codes are far apart is to the mixed estimator what it is to Ross's.
  @Test func farCodesMakeRoss() throws {
    let task = try #require(EstimationTask.classes.first { $0.id == "class-normal-2x2" })
    let sample = try task.sample(rows: 300, seed: 1)
    let ross = try Ross().estimate(sample).nats
    #expect(abs(try MixedKSG().estimate(sample.mapping(.y) { $0 * 1e3 }).nats - ross) < 1e-12)
    #expect(try Ross().estimate(sample.swapped).nats == ross)
    #expect(try Ross().estimate(sample.mapping(.y) { -7 * $0 }).nats == ross)
  }

  private struct Reference: Decodable {
    struct Ross: Decodable {
      let k: Int, x: [Double], labels: [Int], nats: Double
    }
    struct Mixed: Decodable {
      let k: Int, x: [Double], y: [Double], nats: Double
    }
    let ross: [Ross], mixed: [Mixed]
  }

  /// scikit-learn's `mutual_info_classif` and the authors' `Mixed_KSG`; see fixtures/estimators/README.md.
  @Test func otherProgramsAgree() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../fixtures/estimators/classes.json")
    let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    #expect(reference.ross.count == 3 && reference.mixed.count == 5)
    for known in reference.ross {
      let estimate = try Ross(k: known.k).estimate(known.x, columns: 1, labels: known.labels)
      #expect(abs(estimate.nats - known.nats) < 1e-12)
    }
    for known in reference.mixed {
      let sample = try PairedSample(x: known.x, xDimension: 1, y: known.y, yDimension: 1)
      let estimate = try MixedKSG(k: known.k).estimate(sample)
      let published = try #require(estimate.diagnostics.first { $0.name == "with ln n for ψ(n)" })
      #expect(abs(published.value - known.nats) < 1e-12)
    }
  }

  /// Two bits in 300 rows, of 2 × 2 tables: the informations are those of a count by hand, ln 2 − H of the table.
  @Test(arguments: [
    ([124, 29, 26, 121], 0.21687073716287752), ([120, 33, 30, 117], 0.1792919747396941),
    ([132, 29, 18, 121], 0.2614831840355475),
  ]) func countingByHand(_ table: [Int], _ nats: Double) throws {
    var (x, y) = ([Double](), [Double]())
    for (cell, count) in table.enumerated() {
      x += Array(repeating: Double(cell / 2), count: count)
      y += Array(repeating: Double(cell % 2 * 2 - 1), count: count)
    }
    let sample = try PairedSample(x: x, xDimension: 1, y: y, yDimension: 1)
    #expect(abs(try Counts().estimate(sample).nats - nats) < 1e-14)
    let chosen = try AutomaticEstimator().estimate(sample)
    #expect(abs(chosen.nats - nats) < 1e-14 && chosen.method == "counts")
    // ψ for ln: the mixed estimator differs by the order of 1/n; KSG is beyond any bit.
    #expect(abs(try MixedKSG().estimate(sample).nats - nats) < 0.01)
    #expect(try KSG().estimate(sample).nats > 5)
    #expect(abs(try Ross().estimate(sample).nats - nats) < 0.01)
  }

  @Test func edges() throws {
    let x = (0..<50).map { Double($0 * 37 % 50) }
    let constant = try PairedSample(x: x, xDimension: 1, y: [Double](repeating: 5, count: 50), yDimension: 1)
    // Exactly nothing, whichever way.
    #expect(try MixedKSG().estimate(constant).nats == 0 && MixedKSG().estimate(constant.swapped).nats == 0)
    #expect(try Ross().estimate(constant).nats == 0 && AutomaticEstimator().estimate(constant).nats == 0)
    let same = try PairedSample(
      x: [Double](repeating: 1, count: 9), xDimension: 1, y: [Double](repeating: 2, count: 9), yDimension: 1)
    #expect(try MixedKSG().estimate(same).nats == 0 && Counts().estimate(same).nats == 0)
    #expect(try AutomaticEstimator().estimate(same).method == "counts")
    // A measurement is no class, and cannot be counted.
    let measured = try PairedSample(x: x, xDimension: 1, y: x.map { $0 * 1.5 }, yDimension: 1)
    expect(.notDiscrete(.y, values: 50, rows: 50)) { try Ross().estimate(measured) }
    expect(.notDiscrete(.x, values: 50, rows: 50)) { try Counts().estimate(measured) }
    expect(.notDiscrete(.y, values: 50, rows: 50)) {
      try AutomaticEstimator().estimate(x, columns: 1, labels: Array(0..<50))
    }
    expect(.neighbours(0, rows: 50)) { try Ross(k: 0).estimate(constant) }
    expect(.neighbours(50, rows: 50)) { try MixedKSG(k: 50).estimate(constant) }
  }

  /// Every kind of data gets the method that was made for it.
  @Test func theDataChoose() throws {
    func method(_ id: String, rows: Int = 400) throws -> String? {
      let task = try #require((EstimationTask.mixed + EstimationTask.benchmark).first { $0.id == id })
      return try AutomaticEstimator().estimate(task.sample(rows: rows, seed: 3)).method
    }
    #expect(try method("discrete-channel-4") == "counts" && method("discrete-sums-4") == "counts")
    #expect(try method("class-normal-3") == "ross" && method("class-normal-2x2") == "ross")
    #expect(try method("mixed-zero-inflated-normal") == "mixed" && method("1v1-normal-0.75") == "ksg1")
    // 49 cells are too many to count in 60 rows.
    #expect(try method("discrete-sums-4", rows: 60) == "mixed")
    #expect(try method("mixed-constant") == "counts")
  }

  @Test func impossibleValuesAreNotPassedOn() throws {
    let labels = (0..<40).map { $0 % 2 }
    let bound = InformationBound(labels: labels)
    #expect(abs(bound.nats - log(2)) < 1e-15)
    let (inside, above) = (try Estimate(nats: 0.5), try Estimate(nats: 0.7))
    #expect(try bound.checking(inside) == inside)
    // Told apart without fault: Ross says ψ(40) − ψ(20), which is above ln 2 by 1/40; the bound is what is passed on.
    let apart = labels.enumerated().map { Double($1) * 100 + Double($0) / 40 }
    let ross = try Ross().estimate(apart, columns: 1, labels: labels)
    #expect(ross.nats > log(2))
    let chosen = try AutomaticEstimator().estimate(apart, columns: 1, labels: labels)
    #expect(chosen.nats == bound.nats && chosen.isAtBound && chosen.notes.count == 1)
    #expect(try bound.checking(above).nats == bound.nats)
    expect(.outOfBounds(nats: 4.7, bound: bound.nats, of: "the entropy of the class, H(Y),")) {
      try bound.checking(Estimate(nats: 4.7, standardError: 0.1))
    }
    expect(.outOfBounds(nats: -0.5, bound: 0, of: "the least that an information can be")) {
      try bound.checking(Estimate(nats: -0.5, standardError: 0.01))
    }
    #expect(try bound.checking(Estimate(nats: -0.1)).nats == -0.1)
  }
}
