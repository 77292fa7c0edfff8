// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Foundation
import MistakeCatalogue
import SeededRuns
import Testing

@testable import Estimation

/// Formulas around KSG are recognised by their values.
@Suite struct KSGDiagnosisTests {
  private let samples: [PairedSample]

  init() throws {
    samples = try (0..<4).map { index in
      try EstimationTask.bivariateNormal(correlation: Rational(index, 5)).sample(rows: 26, seed: UInt64(index))
    }
  }

  /// What is said of an estimator that computes `nats`.
  private func diagnosis(_ nats: (PairedSample) throws -> Double) rethrows -> KSGDiagnosis? {
    KSGFormula.diagnosis(try samples.map { (sample: $0, value: try nats($0)) })
  }

  @Test(arguments: KSG.Variant.allCases, [1, 3, 7]) func textbooksAreRight(_ variant: KSG.Variant, _ k: Int) throws {
    let found = try #require(try diagnosis { try KSG(variant, k: k).estimate($0).nats })
    #expect(!found.isWrong && found.formula == "KSG-\(variant.rawValue) with k = \(k)")
  }

  /// Six digits, noise of 1e-10, clipping and standardised data are variants, no slips.
  @Test func variantsAreRight() throws {
    let rounded = try #require(try diagnosis { (try KSG().estimate($0).nats * 1e6).rounded() / 1e6 })
    #expect(!rounded.isWrong)
    let clipped = try #require(try diagnosis { max(0, try KSG(k: 1).estimate($0).nats) })
    #expect(!clipped.isWrong)
    let standardised = try #require(
      try diagnosis { sample in
        let x = try StandardColumns(sample, .x).values
        let y = try StandardColumns(sample, .y).values
        return try KSG().estimate(PairedSample(x: x, xDimension: 1, y: y, yDimension: 1)).nats
      })
    #expect(!standardised.isWrong)
  }

  /// A bias that shrinks with n is no fixed number: samples of different sizes tell it by what it is of n.
  @Test func anotherTermOfTheRowsIsNamed() throws {
    let sizes = [26, 31, 40, 44]
    let samples = try sizes.enumerated().map { index, rows in
      try EstimationTask.bivariateNormal(correlation: Rational(index, 5)).sample(rows: rows, seed: UInt64(index))
    }
    func diagnosis(_ excess: (_ n: Double) -> Double) throws -> KSGDiagnosis? {
      KSGFormula.diagnosis(
        try samples.map { (sample: $0, value: try KSG().estimate($0).nats + excess(Double($0.count))) })
    }
    let three = try #require(try diagnosis { -1 / ($0 - 1) - 1 / ($0 - 2) - 1 / ($0 - 3) })
    #expect(three.isWrong && three.formula.contains("ψ(n − 3)"), "\(three)")
    let one = try #require(try diagnosis { 1 / $0 })
    #expect(one.isWrong && one.formula.contains("ψ(n + 1)"), "\(one)")
    // ψ(n) = ln n − 1/2n − 1/12n² + 1/120n⁴ − …
    let logarithm = try #require(try diagnosis { 1 / (2 * $0) + 1 / (12 * $0 * $0) - 1 / (120 * pow($0, 4)) })
    #expect(logarithm.isWrong && logarithm.formula.contains("ln(n)"), "\(logarithm)")
    #expect(try diagnosis { 1 / ($0 * $0) } == nil)
    #expect(try diagnosis { _ in 0 }?.isWrong == false)
  }

  @Test func slipsAreNamed() throws {
    /// KSG-1 from the counts of the double loop.
    func slipped(_ sample: PairedSample, k: Int = 3, _ psi: (_ count: Int) -> Double) -> Double {
      let counts = NaiveKSG(sample: sample, k: k, variant: .square).counts
      let mean = zip(counts.x, counts.y).reduce(0) { $0 + psi(Int($1.0)) + psi(Int($1.1)) } / Double(sample.count)
      return harmonic(k - 1) + harmonic(sample.count - 1) - mean
    }
    func harmonic(_ m: Int) -> Double { (0..<max(0, m)).reduce(0) { $0 + 1 / Double($1 + 1) } }
    let ksg = { (sample: PairedSample) in try KSG().estimate(sample).nats }
    let slips: [(String, (PairedSample) throws -> Double)] = [
      ("n_x + 2", { slipped($0) { harmonic($0 + 1) } }),
      ("in bits", { try ksg($0) / log(2) }), ("halved", { try ksg($0) / 2 }), ("doubled", { try ksg($0) * 2 }),
      ("decimal digits", { try ksg($0) / log(10) }), ("without its sign", { abs(try ksg($0)) }),
      ("− 1/k", { try ksg($0) - 1 / 3 }), ("ψ(k) + ψ(n)", { try KSG(.rectangle).estimate($0).nats + 1 / 3 }),
      ("ψ(k + 1)", { try ksg($0) + 1 / 3 }), ("plus +0.050", { try ksg($0) + 0.05 }),
      ("times +1.100", { try ksg($0) * 1.1 }), ("plus −0.300", { try ksg($0) - 0.3 }),
      ("all rows but the first", { try ksg($0.selecting(rows: 1..<26)) }),
      ("all rows but the last", { try ksg($0.selecting(rows: 0..<25)) }),
    ]
    for (words, nats) in slips {
      let found = try #require(try diagnosis(nats), "\(words)")
      #expect(found.isWrong && found.formula.contains(words), "\(words): \(found)")
    }
  }

  /// A formula that is departed from at certain numbers of rows only, and estimators that depart from it for a reason.
  @Test func exceptionsByTheNumberOfRows() throws {
    let samples = try [24, 25, 26, 28, 28, 24, 25, 26, 28, 24, 25, 26, 27].enumerated().map { index, rows in
      try EstimationTask.bivariateNormal(correlation: Rational(index % 4 + 1, 6)).sample(
        rows: rows, seed: UInt64(index))
    }
    func found(_ nats: (PairedSample) throws -> Double) throws -> KSGDiagnosis? {
      KSGFormula.diagnosis(try samples.map { (sample: $0, value: try nats($0)) })
    }
    let ksg = { (sample: PairedSample) in try KSG().estimate(sample).nats }
    let slip = try #require(try found { try ksg($0) + ($0.count % 7 == 0 ? 0.004 : 0) })
    #expect(slip.isWrong && slip.formula == "KSG-1 with k = 3, but for those of samples of 28 rows", "\(slip)")
    let two = try #require(try found { try ksg($0) * ($0.count % 2 == 1 ? 1.01 : 1) })
    #expect(two.formula.hasSuffix("but for those of samples of 25 rows") || two.formula.contains("25"), "\(two)")
    // k may depend on the number of rows.
    #expect(try found { try KSG(k: $0.count < 26 ? 3 : 4).estimate($0).nats } == nil)
    // A correction that is made where the data ask for it is no slip.
    #expect(try found { try ksg($0) + ($0.x[0] > 0.4 ? 0.01 : 0) } == nil)
  }

  @Test func othersAreNotRecognised() throws {
    #expect(try diagnosis { try GaussianPlugIn().estimate($0).nats } == nil)
    #expect(diagnosis { _ in 0 } == nil)
    #expect(diagnosis { _ in 0.4 } == nil)
    #expect(diagnosis { sin(1e6 * $0.x[0]) } == nil)
  }
}
