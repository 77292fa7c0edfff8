// SPDX-License-Identifier: GPL-3.0-or-later
import IndependentCheck
import Distillation
import ExactAlgebra
import ExactJSON
import ExactPredicates
import Foundation
import PropertyTesting
import SeededRuns
import Testing

@testable import Claims
@testable import Hunting
@testable import RandomInstances

@Suite struct HuntTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")

  /// The counterexamples of `id` that were found once and kept.
  private func corpus(_ id: String) throws -> [ProblemFile] {
    let folder = HuntTests.root.appendingPathComponent("fixtures/corpus")
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
      .map { try ProblemFile(try Data(contentsOf: $0)) }.filter { $0.claim?.id == id }
  }

  /// Each false claim is refuted by what was found before, which comes first, and by a new search that does not know of it;
  /// and by the independent check too.
  @Test(arguments: allClaims.filter(\.status.isRefuted).map(\.id))
  func falseClaimsAreRefuted(id: String) async throws {
    let target = try claim(id)
    let certificate = try #require(try certificate(of: target))
    for problem in try corpus(id) + [certificate] {
      #expect(target.evaluate(Facts(problem.instance)).isViolation)
      #expect(try CertificateCheck(problem.document).holds)
    }
    let result = await Hunt(target, seed: 3, walkSteps: 0)(Hunt.run(Budget(cases: 100_000)), threads: 2)
    let instance = try #require(result.instance)
    #expect(target.evaluate(Facts(instance)).isViolation)
    #expect(try CertificateCheck(Certificate(claim: target, instance: instance).document).holds)
    let line = try #require(result.replay)
    let replayed = try Hunt.replay(try ReplayLine(parsing: line.description))
    #expect(replayed.isViolation && replayed.instance == instance && replayed.claim.id == id)
    // Small: not larger than the certificate that was chosen with care.
    #expect(instance.sigma.rows <= certificate.instance.sigma.rows)
  }

  @Test func threadsDoNotChangeWhatIsFound() async throws {
    func hunt(_ threads: Int) async throws -> Hunt.Result {
      await Hunt(try claim("raw-modality"), seed: 5, walkSteps: 200)(Hunt.run(Budget(cases: 20_000)), threads: threads)
    }
    let (one, four) = (try await hunt(1), try await hunt(4))
    #expect(one.instance == four.instance && one.firstCase == four.firstCase && one.instance != nil)
    #expect(one.cases == four.cases && one.applicable == four.applicable && one.bestMargin == four.bestMargin)
  }

  /// A block of a slow claim would go on for long after its time: a hunt looks at the clock within it.
  @Test func timeEndsABlock() async throws {
    let result = await Hunt(try claim("theorem1"), seed: 1)(Hunt.run(Budget(time: .zero)), threads: 1)
    #expect(result.cases == Property<Instance>.blockSize && result.screened == 0)
  }

  /// A true claim survives, is tested, and is driven towards its boundary.
  @Test(arguments: allClaims.filter(\.status.isProved).map(\.id))
  func trueClaimsSurvive(id: String) async throws {
    let result = await Hunt(try claim(id), seed: 1)(Hunt.run(Budget(cases: 1_500)), threads: 2)
    #expect(result.instance == nil && result.applicable > 70)
    #expect(try #require(result.bestMargin) < 1)
  }

  @Test func exhaustiveSearchIsExhaustive() throws {
    guard case .fails(let unbounded, height: 3, _) = Hunt(try claim("unbounded")).smallestCounterexample(height: 4)
    else {
      Issue.record("unbounded has a counterexample with entries up to 3")
      return
    }
    #expect(try claim("unbounded").evaluate(Facts(unbounded.value)).isViolation)
    // Every positive definite matrix with entries up to 2, and no other, counts.
    guard case .holds(upTo: 2, valid: let count, _) = Hunt(try claim("theorem1")).smallestCounterexample(height: 2)
    else {
      Issue.record("theorem1 is true")
      return
    }
    #expect(count == positiveDefiniteMatrices(height: 2))
    #expect(Hunt(try claim("vector-label")).canBeExhaustive == false)
    // n is the smallest that works: with one row less the claim holds on the same Σ.
    guard case .fails(let fixed, _, _) = Hunt(try claim("fixed-lambda")).smallestCounterexample(height: 3) else {
      return
    }
    let n = try #require(fixed.value.n)
    #expect(n > 3 && fixed.value.lambda == Rational(1, 2))
    #expect(try !claim("fixed-lambda").evaluate(Facts(fixed.value.with(n: n - 1))).isViolation)
  }

  /// Integer matrices of order 3 with three positive leading minors.
  private func positiveDefiniteMatrices(height h: Int) -> Int {
    var count = 0
    for a in 1...h {
      for b in 1...h {
        for c in 1...h {
          for d in -h...h {
            for e in -h...h {
              for f in -h...h where a * b > d * d {
                let determinant = a * (b * c - f * f) - d * (d * c - f * e) + e * (d * f - b * e)
                count += determinant > 0 ? 1 : 0
              }
            }
          }
        }
      }
    }
    return count
  }

  /// The way begins with what was found and ends with what is reported; its sizes are those of the instances.
  @Test(arguments: ["converse", "fixed-lambda", "raw-modality"]) func theWayLeadsToTheCounterexample(id: String)
    async throws
  {
    let result = await Hunt(try claim(id), seed: 5, walkSteps: 200)(Hunt.run(Budget(cases: 20_000)), threads: 2)
    let instance = try #require(result.instance)
    let (first, last) = (try #require(result.path.first), try #require(result.path.last))
    #expect(first.way == .found && result.path.dropFirst().allSatisfy { $0.way != .found })
    // Σ has the coordinates of x1, x2 and y; what there is to read is the digits of all exact numbers, added up here from their texts.
    #expect(last.size == instance.p1 + instance.p2 + instance.q && last.size <= first.size)
    let given = [instance.lambda ?? 0, Rational(instance.n ?? 0)]
    let texts = (Array(instance.sigma.values.joined()) + Array(instance.w1.values.joined()) + given).map(\.description)
    let sum = try texts.reduce(0) { sum, text in
      let parts = text.split(separator: "/").compactMap { Int($0) }
      return sum + abs(try #require(parts.first)) + (parts.count > 1 ? parts[1] : 1) - 1
    }
    #expect(last.numbers == Rational(sum))
    for step in result.path {
      #expect(try HuntStep(document: JSONReader(JSONValue(parsing: step.document.description))) == step)
    }
  }

  /// Regions are counted as the sampler's own instances say: a hundred cases are all random ones, which are drawn again here.
  @Test func regionsAreThoseOfTheCases() async throws {
    let (target, cases) = (try claim("theorem1"), 100)
    let result = await Hunt(target, seed: 9)(Hunt.run(Budget(cases: cases)), threads: 2)
    let generator = InstanceGenerator(for: target, n: nil, lambda: nil).generator
    var counts = Region.all.map { _ in 0 }
    for index in 0..<cases {
      var tape = ChoiceTape(random: RandomSource(seed: 9, index: UInt64(index)), size: 1 + index % 100)
      guard let instance = try? generator(&tape) else { continue }
      for (place, region) in Region.all.enumerated() where region.contains(Facts(instance)) { counts[place] += 1 }
    }
    #expect(result.regions == counts && counts.count { $0 > 0 } > 5)
  }

  /// What was asked for stays: neither the search nor shrinking changes n or λ.
  @Test func givenRowsAndWeightAreKept() async throws {
    let hunt = Hunt(try claim("fixed-lambda"), seed: 2, n: 7, lambda: Rational(2, 3), walkSteps: 50)
    let instance = try #require(await hunt(Hunt.run(Budget(cases: 50_000)), threads: 2).instance)
    #expect(instance.n == 7 && instance.lambda == Rational(2, 3))
    #expect(try claim("fixed-lambda").evaluate(Facts(instance)).isViolation)
    let small = Hunt(try claim("fixed-lambda"), seed: 2, n: 3, walkSteps: 50)
    #expect(await small(Hunt.run(Budget(cases: 50_000))).instance?.n == 3)
  }

  @Test func replayNamesWhatIsWrong() throws {
    let foreign = #expect(throws: ReplayedCaseError.self) {
      try Hunt.replay(ReplayLine(name: "nonsense", values: [1]))
    }
    #expect("\(foreign as Any)".contains("\"nonsense\"") && "\(foreign as Any)".contains("package of its own"))
    let indefinite = ReplayLine(name: "unbounded", values: [1, 1, 1, 0, -1, 0, 0, 1, 1, 1, 5, 0, 1, 0, 1])
    #expect(throws: ReplayedCaseError.self) { try Hunt.replay(indefinite) }
    #expect(throws: ReplayedCaseError.self) { try Hunt.replay(ReplayLine(name: "unbounded", values: [1, 2])) }
  }
}

/// The example of the page *Your own claim*.
struct QuietTeacher: Claim {
  let id = "quiet-teacher"
  let summary = "var t ≤ var s ⇒ helps for small λ"
  let statement =
    "If the teacher varies no more than the best student, distillation helps for all sufficiently small λ > 0."
  let status = Status.open
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel]

  func premise(_ facts: Facts) -> Bool { facts.moments.varT <= facts.moments.varS }
  func conclusion(_ facts: Facts) -> Bool { facts.moments.residualCovariance < facts.moments.residualVariance }
  func margin(_ facts: Facts) -> Rational { 1 - facts.moments.beta }
  func premiseMargin(_ facts: Facts) -> Rational { 1 - facts.moments.varT / facts.moments.varS }
}

/// The same, written once for all arithmetics.
private struct QuietTeacherBySigns: SignClaim {
  let id = "quiet-teacher-by-signs"
  let summary = "var t ≤ var s ⇒ helps for small λ"
  let statement = ""
  let status = Status.open
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel]

  func premise<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool {
    try (m.label.varT * m.label.factor - m.label.varS).sign() <= 0
  }

  func conclusion<N: SignedScalar>(_ m: ProblemMoments<N>) throws(Undecided) -> Bool { try m.label.signOfHelp() < 0 }

  func margin(_ facts: Facts) -> Rational { 1 - facts.moments.beta }
}

/// False everywhere, with a margin only where the teacher varies by more than 2.
private struct LoudTeacher: Claim {
  let id = "loud-teacher"
  let summary = "nothing"
  let statement = ""
  let status = Status.open
  let assumptions: [Assumption] = [.teacher, .student, .oneLabel]

  func premise(_ facts: Facts) -> Bool { true }
  func conclusion(_ facts: Facts) -> Bool { false }
  func margin(_ facts: Facts) throws(Unmet) -> Rational {
    guard facts.moments.varT > 2 else { throw Unmet(assumption: .defined) }
    return -1
  }
  func premiseMargin(_ facts: Facts) -> Rational { 1 }
}

@Suite struct OwnClaimTests {
  /// A violation without a margin does not count, however simple it is.
  @Test func whatHasNoMarginIsNotShrunkTo() async throws {
    let result = await Hunt(LoudTeacher(), seed: 1, walkSteps: 0)(Hunt.run(Budget(cases: 10_000)), threads: 2)
    let facts = Facts(try #require(result.instance))
    // One weight or one entry of Σ is not at its simplest.
    #expect(facts.moments.varT > 2 && facts.moments.varT <= 4)
  }

  @Test func huntIt() async throws {
    let result = await Hunt(QuietTeacher(), seed: 1)(Hunt.run(Budget(cases: 100_000)), threads: 2)
    let instance = try #require(result.instance)
    #expect(instance.p1 == 1 && instance.p2 == 1)
    #expect(QuietTeacher().evaluate(Facts(instance)).isViolation)
    let line = try #require(result.replay)
    #expect(try Hunt.replay(line, among: [QuietTeacher()]).isViolation)
  }

  /// Written for all arithmetics it is hunted on whole-number problems too, and says the same.
  @Test func huntItInDoubles() async throws {
    let result = await Hunt(QuietTeacherBySigns(), seed: 1)(Hunt.run(Budget(cases: 100_000)), threads: 2)
    let facts = Facts(try #require(result.instance))
    #expect(QuietTeacherBySigns().evaluate(facts).isViolation && QuietTeacher().evaluate(facts).isViolation)
  }
}
