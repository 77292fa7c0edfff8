// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra

/// A statement about distillation that was written as text: `premise => conclusion`, or a conclusion alone.
///
/// On every instance it is true, false or undefined, exactly: no floating point decides.
public struct Conjecture: Sendable {
  /// The text, as it was given.
  public let text: String
  /// Its name in a file of claims; nil where it has none.
  public let name: String?
  let premise: Formula?
  let conclusion: Formula

  /// Reads a statement.
  ///
  /// - Throws: ``ConjectureError`` with the place and the rule that it breaks.
  public init(_ text: String, name: String? = nil) throws(ConjectureError) {
    let formula = try Parser.formula(text)
    try TypeChecker.check(formula, text: text)
    self.init(formula, text: text, name: name)
  }

  init(_ formula: Formula, text: String, name: String?) {
    (self.text, self.name) = (text, name)
    if case .implies(let premise, let conclusion) = formula.kind {
      (self.premise, self.conclusion) = (premise, conclusion)
    } else {
      (premise, conclusion) = (nil, formula)
    }
  }

  /// The whole statement.
  var formula: Formula { premise.map { Formula(.implies($0, conclusion)) } ?? conclusion }

  /// The same statement without a name.
  public var unnamed: Conjecture { Conjecture(formula, text: text, name: nil) }

  /// The statement in symbols, in one spelling.
  public var symbols: String { Printer().text(formula) }

  /// The statement in ASCII, in one spelling; reading it again gives the same statement.
  public var ascii: String { Printer(isASCII: true).text(formula) }

  /// What the statement says of one instance.
  public struct Verdict: Sendable, Equatable {
    /// Whether the premise holds; nil where it is undefined.
    ///
    /// True where there is none.
    public let premise: Bool?
    /// Whether the conclusion holds; nil where it is undefined.
    public let conclusion: Bool?
    /// Why something is undefined; nil where nothing is.
    public let reason: String?

    /// Whether the statement holds; nil where that is undefined.
    public var holds: Bool? { premise == false ? true : premise == nil ? nil : conclusion }
  }

  /// What the statement says of `facts`, by its words alone: without what claims suppose besides.
  public func verdict(_ facts: Facts) -> Verdict {
    let evaluator = Evaluator(facts, isOfTwo: isOfTwo)
    let supposed = premise.map { evaluator.truth($0) } ?? (true, nil)
    let concluded = evaluator.truth(conclusion)
    let reason = supposed.reason ?? (supposed.holds == false ? nil : concluded.reason)
    return Verdict(premise: supposed.holds, conclusion: concluded.holds, reason: reason?.description)
  }

  /// The statement as a claim, which can be hunted, verified and replayed like one that is written in Swift.
  ///
  /// Where it is made of signs it is a `SignClaim`, which is screened at the speed of Doubles.
  public var claim: any Claim {
    let base = ConjectureClaim(self)
    // Whole-number problems have no extras.
    if !base.assumptions.allSatisfy(\.isOfWholeProblems) { return base }
    return SignProgram(self).map { ScreenedConjecture(base: base, program: $0) } ?? base
  }
}

extension Assumption {
  /// Whether whole-number problems, which have no extras, can meet it.
  fileprivate var isOfWholeProblems: Bool {
    switch self {
    case .equalCandidates, .independentGivenLabel, .secondTeacher, .unlabelledRows, .ridge, .teacherRows, .design,
      .rowMoments, .otherInstance:
      false
    default: true
    }
  }
}

extension Formula {
  /// The conditions that it joins with `and`; itself where it joins none.
  var conjuncts: [Formula] { if case .all(let parts) = kind { parts.flatMap(\.conjuncts) } else { [self] } }
}
