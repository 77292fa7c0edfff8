// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import Foundation
import PropertyTesting
import SeededRuns
import Testing

@testable import Conjectures

/// The claims of part two, stated in text in `fixtures/claims/part-two.claims`, against those that are written in Swift.
@Suite struct PartTwoTests {
  static func stated() throws -> [Conjecture] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../fixtures/claims/part-two.claims")
    return try ClaimFile(String(decoding: Data(contentsOf: file), as: UTF8.self)).conjectures
  }

  private var cases: Int { ProcessInfo.processInfo.environment["CCH_CASES"].flatMap(Int.init) ?? 120 }

  @Test func theyAreStated() throws {
    let stated = try PartTwoTests.stated()
    #expect(stated.count == 24 && Set(stated.compactMap(\.name)).isSubset(of: allClaims.map(\.id)))
    for conjecture in stated {
      #expect(try Conjecture(conjecture.ascii).formula == conjecture.formula, "\(conjecture.name ?? "")")
      #expect(!conjecture.isTautology)
    }
  }

  /// Verdict for verdict on random instances, in the shape that the statement asks for; what a statement supposes more than
  /// its claim does is in `narrower`.
  @Test func verdictsAgree() throws {
    // A teacher that sees both modalities is there the instance's own; a student without its last input has one input.
    let narrower: Set = [
      "joint-teacher", "more-features", "sampled-joint-teacher", "same-rows-teacher", "pseudo-labels",
      // What names the moments of rows is about designs that have them.
      "leverage",
    ]
    let pairs = try PartTwoTests.stated().map { ($0.claim, try claim(try #require($0.name))) }
    let verification = Verification(of: [], seed: 1_905)
    var (held, failed) = ([String: Int](), [String: Int]())
    for index in 0..<cases {
      let drawn = try verification.facts(ofCase: index)
      for (text, swift) in pairs {
        // What cannot be shaped, as where both teachers would be one, is as it was drawn, as in verifications.
        let facts = (try? text.shaped(drawn.instance)).flatMap { $0 }.map { Facts($0) } ?? drawn
        let (own, other) = (text.evaluate(facts), swift.evaluate(facts))
        if narrower.contains(swift.id) {
          #expect(!own.hypothesis || other.hypothesis, "\(swift.id), case \(index): \(own) \(other)")
        } else {
          #expect(own.hypothesis == other.hypothesis, "\(swift.id), case \(index): \(own) \(other)")
        }
        guard own.hypothesis else { continue }
        #expect(own.conclusion == other.conclusion, "\(swift.id), case \(index): \(own) \(other)")
        if own.conclusion == true { held[swift.id, default: 0] += 1 } else { failed[swift.id, default: 0] += 1 }
        let margin = try #require(own.margin)
        #expect(own.conclusion == true ? margin.signum >= 0 : margin.signum <= 0, "\(swift.id), case \(index)")
      }
    }
    for (_, swift) in pairs {
      #expect(held[swift.id, default: 0] > 0, "\(swift.id) never held")
      if !swift.status.isRefuted { #expect(failed[swift.id] == nil) }
    }
    #expect(failed.count >= 3, "\(failed)")
  }

  /// The certificates of the claims refute the statements too.
  @Test func certificatesRefute() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../fixtures/certificates")
    var count = 0
    for conjecture in try PartTwoTests.stated() {
      let name = try #require(conjecture.name)
      guard try claim(name).status.isRefuted else { continue }
      let instance = try ProblemFile(try Data(contentsOf: folder.appendingPathComponent("\(name).json"))).instance
      #expect(conjecture.claim.evaluate(Facts(instance)).isViolation, "\(name)")
      count += 1
    }
    #expect(count == 8)
  }

  /// `teacher = joint` makes an instance whose teacher is E[y | x1, x2]: nearly every one can be made so.
  @Test func jointTeachersAreMade() throws {
    let claim = try Conjecture("teacher = joint => helps").claim
    let verification = Verification(of: [], seed: 4)
    var made = 0
    for index in 0..<40 {
      let drawn = try verification.facts(ofCase: index)
      guard drawn.instance.q == 1, let shaped = try claim.shaped(drawn.instance) else { continue }
      let facts = Facts(shaped)
      if claim.evaluate(facts).hypothesis {
        made += 1
        #expect(
          facts.moments.mismatch == 0
            && facts.jointTeacher.fullResidualVariance == drawn.jointTeacher.fullResidualVariance)
        #expect(facts.moments.residualVariance == drawn.moments.residualVariance)
      }
    }
    #expect(made >= 20, "\(made)")
  }
}
