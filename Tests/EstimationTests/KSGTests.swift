// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Foundation
import SeededRuns
import Testing

@testable import Estimation

@Suite struct KSGTests {
  /// `CCH_KSG_CASES` asks for more.
  static let cases = ProcessInfo.processInfo.environment["CCH_KSG_CASES"].flatMap(Int.init) ?? 360

  /// Both searches give the counts of the double loop: on random, tied, lattice, duplicated, constant, far and huge data.
  @Test func countsEqualTheNaiveOnes() throws {
    for index in 0..<KSGTests.cases {
      var random = RandomSource(seed: 20_041, index: UInt64(index))
      let kind = SampleKind.allCases[index % SampleKind.allCases.count]
      let sample = try kind.sample(&random)
      let k = random.integer(in: 1...min(sample.count - 1, 6))
      for variant in KSG.Variant.allCases {
        let naive = NaiveKSG(sample: sample, k: k, variant: variant).counts
        for search in NeighbourSearch.allCases {
          let counts = search.counts(sample, k: k, variant: variant, threads: 1 + index % 2)
          try #require(counts == naive, "case \(index), \(kind), \(variant), k = \(k), \(search)")
        }
      }
    }
  }

  /// A sample of many leaves, so that every branch of the tree and every gallop of the sorted search is taken.
  @Test(arguments: [(1, 1), (2, 1), (2, 3)]) func largerCountsEqualTheNaiveOnes(_ p: Int, _ q: Int) throws {
    var random = RandomSource(seed: 77, index: UInt64(p * 8 + q))
    for kind in [SampleKind.uniform, .lattice, .far] {
      let sample = try kind.sample(&random, rows: 300, p, q)
      for variant in KSG.Variant.allCases {
        let naive = NaiveKSG(sample: sample, k: 4, variant: variant).counts
        #expect(NeighbourSearch.tree.counts(sample, k: 4, variant: variant, threads: 2) == naive)
        #expect(NeighbourSearch.allPairs.counts(sample, k: 4, variant: variant, threads: 2) == naive)
      }
    }
  }

  @Test func estimatesEqualTheExactOnes() throws {
    for index in 0..<60 {
      var random = RandomSource(seed: 3, index: UInt64(index))
      let sample = try SampleKind.allCases[index % SampleKind.allCases.count].sample(&random)
      let k = random.integer(in: 1...min(sample.count - 1, 5))
      for variant in KSG.Variant.allCases {
        let exact = NaiveKSG(sample: sample, k: k, variant: variant).estimate
        let estimate = try KSG(variant, k: k).estimate(sample)
        #expect(abs(estimate.nats - exact.asDouble) < 1e-13)
        #expect(estimate.nats >= 0 || estimate.notes.count == 1)
      }
    }
  }

  /// Four rows by hand: distances 1 (rows 0, 1), 2 (2, 3) in the pair; k = 1.
  @Test func byHand() throws {
    let sample = try PairedSample(x: [[0], [1], [10], [12]], y: [[0], [0.5], [30], [30]])
    // KSG-1: nobody is strictly inside in x; in y rows 0, 1 see each other at ½ < 1, rows 2, 3 at 0 < 2.
    #expect(try KSG(.square, k: 1).counts(sample) == NeighbourCounts(x: [0, 0, 0, 0], y: [1, 1, 1, 1]))
    // ψ(1) + ψ(4) − ψ(1) − ψ(2) = H(3) − H(1).
    #expect(abs(try KSG(.square, k: 1).estimate(sample).nats - (1 / 2.0 + 1 / 3.0)) < 1e-15)
    // KSG-2: one in each; ψ(1) − 1 + ψ(4) − 2ψ(1).
    #expect(try KSG(.rectangle, k: 1).counts(sample) == NeighbourCounts(x: [1, 1, 1, 1], y: [1, 1, 1, 1]))
    #expect(abs(try KSG(.rectangle, k: 1).estimate(sample).nats - (11 / 6.0 - 1)) < 1e-15)
  }

  @Test func invariances() throws {
    var random = RandomSource(seed: 9, index: 0)
    let sample = try SampleKind.uniform.sample(&random, rows: 60, 2, 1)
    let order = (0..<60).map { $0 * 7 % 60 }
    for variant in KSG.Variant.allCases {
      let ksg = KSG(variant, k: 3)
      let nats = try ksg.estimate(sample).nats
      #expect(try ksg.estimate(sample.swapped).nats == nats)
      #expect(try ksg.estimate(sample.selecting(rows: order)).nats == nats)
      // Powers of two scale exactly, and change no comparison; the last makes differences overflow.
      #expect(try ksg.estimate(sample.mapping { $0 * 0x1p40 }).nats == nats)
      #expect(try ksg.estimate(sample.mapping { $0 * 0x1p1023 }).nats == nats)
      #expect(try KSG(variant, k: 3, threads: 3).estimate(sample, seed: 8).nats == nats)
    }
  }

  @Test func badNeighbourNumbers() throws {
    let sample = try PairedSample(x: [[0], [1], [2]], y: [[0], [1], [0]])
    for k in [0, -1, 3, Int.max] { expect(.neighbours(k, rows: 3)) { try KSG(k: k).estimate(sample) } }
    #expect(try KSG(k: 2).counts(sample).x.count == 3)
  }
}

/// Kinds of data that searches trip over.
enum SampleKind: CaseIterable {
  case uniform, normalLike, tied, lattice, duplicated, constant, constantSide, far, huge, tiny, mixedScales, subnormal

  func sample(_ random: inout RandomSource) throws -> PairedSample {
    let rows = random.integer(in: 2...40)
    return try sample(&random, rows: rows, random.integer(in: 1...3), random.integer(in: 1...3))
  }

  func sample(_ random: inout RandomSource, rows: Int, _ p: Int, _ q: Int) throws -> PairedSample {
    let x = (0..<rows * p).map { _ in number(&random, isY: false) }
    let y = (0..<rows * q).map { _ in number(&random, isY: true) }
    let sample = try PairedSample(x: x, xDimension: p, y: y, yDimension: q)
    guard self == .duplicated else { return sample }
    return try sample.selecting(rows: (0..<rows).map { _ in random.integer(in: 0...(rows - 1) / 3) })
  }

  private func number(_ random: inout RandomSource, isY: Bool) -> Double {
    let uniform = Double(random.integer(in: -(1 << 40)...(1 << 40))) / 0x1p40
    let small = Double(random.integer(in: -3...3))
    switch self {
    case .uniform, .duplicated: return uniform
    case .normalLike: return uniform * uniform * uniform
    case .tied: return random.integer(in: 0...2) == 0 ? uniform : 0.1 * small
    case .lattice: return small
    case .constant: return 0.1
    case .constantSide: return isY ? -7.3 : uniform
    case .far: return 1e9 + (isY ? small / 8 : uniform)
    case .huge: return uniform * (Double.greatestFiniteMagnitude / 2)
    case .tiny: return uniform * 1e-300
    case .mixedScales: return isY ? uniform : small * 0x1p53 + uniform
    case .subnormal: return small * Double.leastNonzeroMagnitude
    }
  }
}
