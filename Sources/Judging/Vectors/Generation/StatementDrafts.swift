// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON
import Oracle

/// Vectors of version 6: `evaluate`, a new operation.
enum StatementDrafts {
  static var all: [Draft] {
    StatementWords.all + (readings + undefined + quantified + conditions + exact).map(draft) + invalid
  }

  /// A statement, what it is asked about, and what it is there to show.
  struct Case {
    let statement: String
    let instance: Instance
    let comment: String
    let flags: [Flag]
    let catches: String
    /// Whether only exact arithmetic decides it, though no two numbers are equal that it compares.
    var needsExact = false
    /// A tie of zeros and powers of two.
    var isSafeTie = false
  }

  /// The draft; for exact programs only where double precision does not decide.
  @inline(never) static func draft(_ item: Case) -> Draft {
    var draft = Draft(
      comment: item.comment, flags: item.flags, catches: item.catches, isExactOnly: item.needsExact,
      isSafeTie: item.isSafeTie, input: item.instance.input(statement: item.statement, exactly: item.needsExact))
    let assessment = Assessment(.evaluate, input: draft.input)
    guard case .output = assessment.expected else {
      preconditionFailure("\(item.statement): \(assessment.expected)")
    }
    draft.assessment = assessment
    if !draft.isExactOnly, !draft.isSafeTie, !assessment.isRobust {
      draft.isExactOnly = true
      draft.input = item.instance.input(statement: item.statement, exactly: true)
    }
    return draft
  }

  /// One case for each statement.
  @inline(never) static func cases(
    _ instance: Instance, _ flags: [Flag], _ catches: String, needsExact: Bool = false, isSafeTie: Bool = false,
    _ statements: [(String, String)]
  ) -> [Case] {
    statements.map {
      Case(
        statement: $0, instance: instance, comment: $1, flags: flags, catches: catches, needsExact: needsExact,
        isSafeTie: isSafeTie)
    }
  }

  // MARK: Invalid input

  private static var invalid: [Draft] {
    let statement = "helps => a < 2"
    let instances = InvalidProblems.drafts(.distillationRisk).compactMap { draft -> Draft? in
      var draft = draft
      draft.input = JSONValue.object([.init(key: "statement", value: .string(statement))]).joined(draft.input)
      guard case .refused = Assessment(.evaluate, input: draft.input).expected else { return nil }
      return draft
    }
    let base = StatementProblems.bare.input(statement: statement, exactly: false)
    let texts: [(String, String, String)] = [
      ("", "no statement", "an empty statement taken as true"),
      ("c", "a quantity alone", "a number taken as a condition"),
      ("c < lamda", "a word that there is not", "an unknown word taken as 0 or as a name"),
      ("c < 1", "a covariance against a number", "units not checked"),
      ("I(t;s) < var(y)", "an information against a variance", "units not checked"),
      ("c + k < var(y)", "a sum of two units", "units not checked"),
      ("c < var(y|x2", "a parenthesis that is not closed", "a text read as far as it goes"),
      ("c < var(y|x2) helps", "a second condition without a connective", "a text read as far as it goes"),
      ("c < var(y|x2) =>", "no conclusion", "a missing conclusion taken as true"),
      ("< var(y|x2)", "no left side", "a missing side taken as 0"),
      (
        "for all x: for all z > 0: x^2 + z > 0", "two variables",
        "a second variable taken as the first"
      ),
      (
        String(repeating: "(", count: 100) + "c < var(y)" + String(repeating: ")", count: 100),
        "100 parentheses within each other", "a depth that is not limited"
      ),
      ("var(t).A < var(t).A.B", "of both instances at once", "the last of two suffixes taken"),
      ("c << var(y)", "no relation", "an unknown sign passed over"),
    ]
    let statements = texts.map { text, comment, catches in
      Draft(
        comment: comment, flags: [.invalidInput], catches: catches, input: base.setting("statement", .string(text)))
    }
    let missing: [(JSONValue?, String)] = [(nil, "no statement at all"), (1, "a number for the statement")]
    return instances + statements
      + missing.map { value, comment in
        Draft(
          comment: comment, flags: [.invalidInput], catches: "a missing statement taken as true",
          input: base.setting("statement", value))
      }
  }
}

extension JSONValue {
  fileprivate func joined(_ other: JSONValue) -> JSONValue {
    guard case .object(let a) = self, case .object(let b) = other else { return self }
    return .object(a + b)
  }
}
