// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import ExactPredicates
import Foundation
import Hunting
import PropertyTesting
import SeededRuns
import Testing

@testable import Conjectures

/// The claims of part one, stated in text in `fixtures/claims`, against those that are written in Swift.
@Suite struct FifteenTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../fixtures/claims")

  static func stated() throws -> [Conjecture] {
    try ["proved", "refuted"].flatMap { name in
      let file = folder.appendingPathComponent("\(name).claims")
      return try ClaimFile(String(decoding: Data(contentsOf: file), as: UTF8.self)).conjectures
    }
  }

  private var cases: Int { ProcessInfo.processInfo.environment["CCH_CASES"].flatMap(Int.init) ?? 100 }

  /// All fifteen are stated, suppose the same, and are made of signs.
  @Test func allAreStated() throws {
    let stated = try FifteenTests.stated()
    #expect(stated.count == 15 && Set(stated.compactMap(\.name)).isSubset(of: allClaims.map(\.id)))
    for conjecture in stated {
      #expect(conjecture.claim is any SignClaim, "\(conjecture.name ?? "")")
      #expect(try Conjecture(conjecture.ascii).formula == conjecture.formula)
      #expect(!conjecture.isTautology)
    }
  }

  /// Verdict for verdict on random instances: hypothesis and conclusion; and the margin has the sign of the verdict.
  @Test func verdictsAgree() async throws {
    let pairs = try FifteenTests.stated().map { ($0.claim, try claim(try #require($0.name))) }
    let (verification, size) = (Verification(of: [], seed: 1_905), 100)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for start in stride(from: 0, to: cases, by: size) {
        group.addTask { [end = min(cases, start + size)] in
          for index in start..<end { try compare(pairs, try verification.facts(ofCase: index), index) }
        }
      }
      try await group.waitForAll()
    }
  }

  private func compare(_ pairs: [(any Claim, any Claim)], _ facts: Facts, _ index: Int) throws {
    for (text, swift) in pairs {
      let (own, other) = (text.evaluate(facts), swift.evaluate(facts))
      #expect(own.hypothesis == other.hypothesis, "\(swift.id), case \(index): \(own) \(other)")
      guard other.hypothesis else { continue }
      #expect(own.conclusion == other.conclusion, "\(swift.id), case \(index): \(own) \(other)")
      let margin = try #require(own.margin)
      #expect(own.conclusion == true ? margin.signum >= 0 : margin.signum <= 0, "\(swift.id), case \(index)")
    }
  }

  /// The certificates refute the statements in text too.
  @Test(arguments: [
    "unbounded", "aligned", "converse", "fixed-lambda", "vector-label", "raw-modality", "teacher-ranking",
  ])
  func certificatesRefute(id: String) throws {
    let path = FifteenTests.folder.appendingPathComponent("../certificates/\(id).json")
    let instance = try ProblemFile(try Data(contentsOf: path)).instance
    let conjecture = try #require(try FifteenTests.stated().first { $0.name == id })
    #expect(conjecture.claim.evaluate(Facts(instance)).isViolation)
    #expect(conjecture.verdict(Facts(instance)).holds == false)
  }

  /// What hunts of statements have found and kept: each is a certificate that names its statement.
  @Test func keptCounterexamplesRefute() throws {
    let folder = FifteenTests.folder.appendingPathComponent("found")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(files.count >= 2)
    for file in files {
      let problem = try ProblemFile(try Data(contentsOf: file)) { try Conjectures.claim(namedOrStated: $0) }
      let refuted = try #require(problem.claim)
      #expect(refuted.evaluate(Facts(problem.instance)).isViolation, "\(file.lastPathComponent)")
      #expect(refuted.stated?.verdict(Facts(problem.instance)).holds == false)
    }
  }

  /// Conditions of the premise shape what is drawn: nearly every instance has it.
  @Test(arguments: [
    "Σ22 = 1 and helps => a < 1", "x1 ⊥ x2 | y and teacher = ols => helps", "a = 1 => helps",
    "p2 = 1 and p1 = 1 and n = p2 + 2 => k = 1", "p2 = 1 and n = p2 + 2 and Σ22 = 1 => window.upper > 0",
  ])
  func premisesShapeInstances(_ text: String) throws {
    let conjecture = try Conjecture(text)
    let claim = conjecture.claim
    var (drawn, shaped) = (0, 0)
    let shape = try #require(conjecture.premise).conjuncts.filter { $0.kind != .helps }
    let verification = Verification(of: [], seed: 3)
    for index in 0..<60 {
      let instance = try verification.facts(ofCase: index).instance
      guard instance.q == 1, text.contains("ols") == (instance.w1 == instance.leastSquaresTeacher) else { continue }
      guard let own = try claim.shaped(instance) else { continue }
      let evaluator = Evaluator(Facts(own))
      drawn += 1
      if shape.allSatisfy({ evaluator.truth($0).holds == true }) { shaped += 1 }
    }
    #expect(drawn > 5 && shaped == drawn, "\(shaped) of \(drawn)")
  }

  /// Hunts of the statements find what those of the claims find: screened at the speed of Doubles, made small, and replayed.
  @Test(arguments: ["unbounded", "raw-modality", "teacher-ranking"])
  func huntsFind(id: String) async throws {
    let conjecture = try #require(try FifteenTests.stated().first { $0.name == id })
    let claim = try Conjecture(conjecture.text).claim
    let result = await Hunt(claim, seed: 3, walkSteps: 0)(Hunt.run(Budget(cases: 20_000)), threads: 1)
    let instance = try #require(result.instance)
    #expect(claim.evaluate(Facts(instance)).isViolation)
    let line = try ReplayLine(parsing: try #require(result.replay).description)
    let again = try Conjectures.claim(namedOrStated: line.name)
    let replayed = try Hunt.replay(line, among: [again])
    #expect(replayed.isViolation && replayed.instance == instance)
  }
}
