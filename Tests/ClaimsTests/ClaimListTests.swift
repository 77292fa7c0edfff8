// SPDX-License-Identifier: GPL-3.0-or-later
import IndependentCheck
import Claims
import Distillation
import ExactAlgebra
import ExactJSON
import Foundation
import TestSupport
import Testing

/// The certificate file of a false claim.
func certificate(of claim: any Claim) throws -> (data: Data, problem: ProblemFile)? {
  guard let path = claim.certificatePath else { return nil }
  let data = try Data(contentsOf: fixtures.appendingPathComponent(path))
  return (data, try ProblemFile(data))
}

@Suite struct ClaimListTests {
  @Test func everyClaimSaysWhatItIs() {
    #expect(Set(allClaims.map(\.id)).count == allClaims.count)
    // Command lines, file names and Coq take the id, as it is or with _ for -.
    #expect(allClaims.allSatisfy { $0.id.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) != nil })
    #expect(allClaims.allSatisfy { !$0.statement.isEmpty && !$0.summary.isEmpty && !$0.assumptions.isEmpty })
    #expect(Set(allClaims.map(\.status)).isSuperset(of: [.proved, .refuted]))
    #expect(allClaims.allSatisfy { !($0.isIdentity && $0.status.isRefuted) }, "no certificate refutes an identity")
  }

  @Test func unknownNamesGetTheNearest() throws {
    #expect(try claim("theorem1").id == "theorem1")
    let error = #expect(throws: UnknownClaim.self) { try claim("theorm1") }
    #expect(error?.description == "unknown claim \"theorm1\"; did you mean \"theorem1\"?")
    let far = #expect(throws: UnknownClaim.self) { try claim("zzz") }
    #expect(far?.description.contains("the claims are sharp, theorem1") == true)
  }

  @Test(arguments: allClaims.filter(\.status.isRefuted).map(\.id)) func certificatesRefuteByBothPaths(id: String) throws
  {
    let claim = try claim(id)
    guard let (data, problem) = try certificate(of: claim) else { return }
    #expect(problem.claim?.id == id)
    let verdict = claim.evaluate(Facts(problem.instance))
    #expect(verdict.hypothesis && verdict.conclusion == false && verdict.isViolation)
    let margin = try #require(verdict.margin)
    #expect(margin <= 0)
    #expect(try CertificateCheck(problem.document).holds)
    // The file is what the tool writes, so the recorded values are the library's own.
    let written = Certificate(claim: claim, instance: problem.instance).document.pretty + "\n"
    #expect(String(decoding: data, as: UTF8.self) == written)
  }

  /// A true claim is violated by none of the certificates either, and the certificates reach their hypotheses.
  @Test func trueClaimsSurviveTheCertificates() throws {
    for refuted in allClaims {
      guard let (_, problem) = try certificate(of: refuted) else { continue }
      let facts = Facts(problem.instance)
      for claim in allClaims where claim.status.isProved { #expect(!claim.evaluate(facts).isViolation) }
    }
  }

  @Test func missingInputsAreUnmetAssumptions() throws {
    let sigma = try RationalMatrix([[2, 1, 1], [1, 2, 1], [1, 1, 2]])
    let bare = Facts(try Instance(sigma: sigma, p1: 1, p2: 1, w1: .identity(1)))
    for (id, assumption) in [
      ("sharp", Assumption.trainingRows), ("window", .trainingRows), ("gain", .trainingRows),
      ("fixed-lambda", .trainingRows), ("teacher-ranking", .candidates), ("coordinatewise", .severalLabels),
      ("vector-label", .severalLabels),
    ] {
      let verdict = try claim(id).evaluate(bare)
      #expect(!verdict.hypothesis && verdict.unmet == assumption, "\(id)")
    }
    for zero in [Assumption.teacher, .student] {
      let instance = try Instance(
        sigma: zero == .student ? .identity(3) : sigma, p1: 1, p2: 1,
        w1: zero == .teacher ? .column([0]) : .identity(1), n: 9)
      for claim in allClaims where claim.assumptions.contains(zero) {
        let verdict = claim.evaluate(Facts(instance))
        #expect(!verdict.hypothesis && verdict.unmet != nil, "\(claim.id) needs \(zero.rawValue)")
      }
    }
  }
}
