// SPDX-License-Identifier: GPL-3.0-or-later
import Conjectures
import ExactJSON
import Oracle
import Testing

@testable import IndependentCheck
@testable import Vectors

/// The vectors of `evaluate`.
@Suite struct StatementVectorTests {
  private static let drafts = StatementDrafts.all

  private static func statements() -> [String] {
    drafts.compactMap { if case .string(let text)? = $0.input["statement"] { text } else { nil } }
  }

  /// Each word of the vocabulary stands in a statement, in both of its spellings.
  @Test func everyWordIsAskedFor() {
    let all = Self.statements()
    for word in Word.allCases {
      for spelling in [word.spellings.symbol, word.spellings.ascii] {
        #expect(all.contains { $0.contains(spelling) }, "\(spelling)")
      }
    }
    for form in [
      "I(t;s|y)", "corr(", "corr2(", "corr²(", "det(", "joint", "t'", "t′", "t1", "t2", "[1 2; 0 1]*x1", "(t, y)",
      "let ",
      "ln(", "exp(", "√(", "sqrt(", "abs(", "min(", "max(", "floor(", "binomial(", "sum over rows", "mean over rows",
      "sum over j", "helps", "∞", "inf", "⊥", "indep", "⪯", "below", "teacher = ols", "teacher = joint", ".A", ".B",
      "same Σ22",
      "Sigma22 = 1", "for all ", "for some ", "∀", "∃", "for all small", "for every output", "for some output", "∧",
      "∨", "¬",
      "⇒", "⇔", " and ", " or ", "not ", "=>", "<=>", "!=", "≠", "≤", "≥",
    ] {
      #expect(all.contains { $0.contains(form) }, "\(form)")
    }
  }

  /// All three verdicts are frequent, for programs in floating point too, and no statement is asked twice about the same.
  @Test func verdictsVary() throws {
    for exactOnly in [false, true] {
      var counts: [String: Int] = [:]
      for draft in Self.drafts where draft.isExactOnly == exactOnly {
        guard case .output(let fields)? = draft.assessment?.expected, case .truth(let holds)? = fields.first?.value
        else {
          continue
        }
        counts[holds.inWords, default: 0] += 1
      }
      #expect(counts["true"] ?? 0 > 10 && counts["false"] ?? 0 > 10, "\(counts)")
      if !exactOnly { #expect(counts["undefined"] ?? 0 > 20, "\(counts)") }
    }
    #expect(Set(Self.drafts.map { $0.input.description }).count == Self.drafts.count)
  }

  /// Every known mistake changes verdicts that programs in floating point are asked for, but for what shows in ties alone.
  @Test func mistakesShowWithoutExactArithmetic() throws {
    var counts: [Misreading: Int] = [:]
    for draft in Self.drafts where !draft.isExactOnly {
      guard case .output(let fields)? = draft.assessment?.expected, case .truth(let holds)? = fields.first?.value else {
        continue
      }
      // Read once, as the facts keep what they have worked out.
      let question = try StatementQuestion(draft.input)
      for mistake in Misreading.allCases where mistake.holds(question.conjecture, question.facts) != holds {
        counts[mistake, default: 0] += 1
      }
    }
    #expect(Set(Misreading.allCases).subtracting(counts.keys).isSubset(of: [.closedEnds, .openEnds]), "\(counts)")
  }

  /// Equal numbers and near ones are for exact programs; numbers of rows are not rounded.
  @Test func tiesAreSeen() throws {
    func isRobust(_ statement: String) -> Bool {
      Assessment(.evaluate, input: StatementProblems.full.input(statement: statement, exactly: false)).isRobust
    }
    for statement in ["c < var(y|x2)", "p1 = p2", "n > p2 + 1", "I(t;s) > 9 => helps", "R(1/2) < 2*R0"] {
      #expect(isRobust(statement), "\(statement)")
    }
    for statement in [
      "R0 = R(0)", "c <= beta*var(y|x2)", "dI = I(t;s) - I(s;y)", "k = p2/(n-p2-1)", "not c != c", "0 < c <= c",
      "c < var(y|x2) or R0 >= R(0)",
    ] {
      #expect(!isRobust(statement), "\(statement)")
    }
  }

  /// A side is judged by its number, whatever its spelling, and a wrong one is named.
  @Test func sidesAreJudgedByTheirNames() throws {
    let expected = Expected.output([
      .init(.holds, .truth(nil), tolerance: []),
      .init(
        .sides, .sides([.init("σε²", .rational(2)), .init("I(t;s)", .nats(.init(1)))]), tolerance: [0, 0]),
    ])
    func judged(_ name: String, _ value: JSONValue) -> Bool {
      judge(["holds": .null, "sides": [["name": .string(name), "value": value]]], against: expected) == .passed
    }
    for name in ["σε²", "residual_variance", " residual_variance "] {
      #expect(judged(name, 2) && judged(name, "4/2") && !judged(name, 3) && !judged(name, "x") && !judged(name, .null))
    }
    #expect(judged("I( t; s )", 1) && !judged("I( t; s )", 2) && judged("I(t;s)", ["nats": 1]) && judged("I(t;y)", 7))
    #expect(judge(["holds": .null], against: expected) == .passed)
    #expect(judge(["holds": false], against: expected) != .passed && judge(["sides": []], against: expected) != .passed)
    #expect(judge(["holds": .null, "sides": [["value": 2]]], against: expected) != .passed)
    #expect(judge(["holds": .null, "sides": 2], against: expected) != .passed)
  }

  /// The verdicts against those of the reader and evaluator of certificates, which shares nothing with what made them.
  @Test func verdictsAreThoseOfTheSecondReader() throws {
    var (agreed, refused) = ([String: Int](), 0)
    for draft in Self.drafts {
      guard case .output(let fields)? = draft.assessment?.expected, case .string(let text)? = draft.input["statement"]
      else { continue }
      do {
        let verdict = try SecondVerdict(text, draft.input)
        for (name, truth) in [
          (OutputName.holds, verdict.holds), (.premise, verdict.premise), (.conclusion, verdict.conclusion),
        ] {
          #expect(fields.first { $0.name == name }?.value == .truth(truth), "\(name.rawValue) of \(text)")
        }
        agreed[verdict.holds.inWords, default: 0] += 1
      } catch { refused += 1 }
    }
    #expect(
      agreed["true"] ?? 0 > 60 && agreed["false"] ?? 0 > 60 && agreed["undefined"] ?? 0 > 15,
      "\(agreed), \(refused) refused")
  }
}

/// What the second reader says of a statement.
private struct SecondVerdict {
  let premise, conclusion: Bool?
  var holds: Bool? { premise == false ? true : premise == nil ? nil : conclusion }

  init(_ text: String, _ input: JSONValue) throws {
    let problem = try CertifiedProblem(input, claim: text)
    var reader = try TextReader(text)
    let statement = try reader.statement()
    var evaluator = try TextEvaluator(problem)
    if statement.namesInstance, let other = problem.other {
      evaluator = TextEvaluator(evaluator, beside: try TextEvaluator(try CertifiedProblem(other, claim: text)))
    }
    if case .implies(let supposed, let concluded) = statement {
      (premise, conclusion) = (try evaluator.truth(supposed), try evaluator.truth(concluded))
    } else {
      (premise, conclusion) = (true, try evaluator.truth(statement))
    }
  }
}
