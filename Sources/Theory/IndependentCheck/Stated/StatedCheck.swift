// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON

/// The check of a certificate whose claim is a statement in text: read and evaluated by a path of its own.
///
/// It knows arithmetic, comparisons, connectives, moments, and informations as ratios. What takes more, such as quantifiers
/// and several outputs, it refuses.
struct StatedCheck {
  private let statement: TextCondition
  private let evaluator: TextEvaluator
  private let models: [TextbookModel]
  private let mentionsLabels: Bool

  init(_ problem: CertifiedProblem) throws(CertificateError) {
    var reader = try TextReader(problem.claim)
    statement = try reader.statement()
    mentionsLabels = problem.claim.contains { $0 == "q" }
    let first = try TextEvaluator(problem)
    guard statement.namesInstance else {
      (evaluator, models) = (first, [first.model])
      return
    }
    guard let document = problem.other else { throw CertificateError("the second instance, \"other\", is missing") }
    let second = try TextEvaluator(try CertifiedProblem(document, claim: problem.claim))
    (evaluator, models) = (TextEvaluator(first, beside: second), [first.model, second.model])
  }

  func refutation(recorded document: JSONValue) throws(CertificateError) -> String {
    for model in models {
      guard !model.w1.isZero, !model.wStar.isZero else {
        throw CertificateError("the hypothesis fails: w1 = 0 or w* = 0")
      }
      guard model.q == 1 || mentionsLabels else { throw CertificateError("the hypothesis fails: not q = 1") }
      guard model.q == 1 else { throw TextEvaluator.refusal("statement of several labels") }
    }
    var words: [String] = []
    for section in ["hypothesis", "conclusion"] {
      guard case .object(let members)? = document[section] else { continue }
      for member in members {
        let value = try recorded(member.key, section, as: scalar(member.value))
        guard scalar(member.value) == value else {
          throw CertificateError("\(section) records \(member.key) = \(member.value), but it is \(value)")
        }
        words.append("\(member.key) = \(value)")
      }
    }
    let (premise, conclusion) = parts
    if let premise, try evaluator.truth(premise) != true { throw CertificateError("the hypothesis fails") }
    guard try evaluator.truth(conclusion) == false else {
      throw CertificateError("the conclusion holds or is undefined, so nothing is refuted")
    }
    return "the premise holds and the conclusion fails" + (words.isEmpty ? "" : ": \(words.joined(separator: ", "))")
  }

  private var parts: (TextCondition?, TextCondition) {
    if case .implies(let premise, let conclusion) = statement { (premise, conclusion) } else { (nil, statement) }
  }

  /// The number that a record names: an expression, or "e^2" and an information.
  private func recorded(_ name: String, _ section: String, as given: Fraction?) throws(CertificateError) -> Fraction {
    let isExponential = name.hasPrefix("e^2")
    var reader = try TextReader(isExponential ? String(name.dropFirst(3)) : name)
    let value: TextValue?
    do throws(CertificateError) { value = try evaluator.value(reader.wholeNumber()) } catch {
      if error.isRefusal { throw error }
      throw CertificateError("\(section) records \"\(name)\", which is not recomputed: \(error)")
    }
    switch (isExponential, value) {
    case (false, .number(let number)?): return number
    case (false, .root(let square)?):
      // A root that is rational is recorded.
      if let given, given * given == (square < .zero ? .zero - square : square), (given < .zero) == (square < .zero) {
        return given
      }
      throw CertificateError("\(section) records \(name), which is another root")
    case (true, .information(let terms)?):
      var product = Fraction.one
      for (coefficient, argument) in terms {
        guard coefficient.denominator == 1, let n = Int(exactly: coefficient.numerator), abs(n) <= 1_000 else {
          throw TextEvaluator.refusal("such multiples of informations")
        }
        let power = argument.power(abs(n))
        product = n < 0 ? product / power : product * power
      }
      return product
    default: throw CertificateError("\(section) records \"\(name)\", which is no number here")
    }
  }
}
