// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON
import Foundation
import LineProtocol
import Oracle

/// Which known mistakes the wrong outputs of one operation equal.
struct FormulaMatch {
  private struct Case {
    let input: FormulaInput
    let right: FormulaOutput
    let got: FormulaOutput
    let margins: [OutputPlace: Double]
    let isWrong: Bool

    var isHugeForInfinite: Bool {
      guard case .infinite(let place) = right, case .numbers(let numbers) = got else { return false }
      return (numbers[place] ?? 0) > 1e15
    }
  }

  private let operation: OracleOperation
  private let cases: [Case]

  /// The outputs among `judged`; refusals and breakdowns are not looked at.
  init(_ operation: OracleOperation, _ judged: [VectorOutcome]) {
    self.operation = operation
    cases = judged.compactMap { outcome in
      guard case .result(let output)? = outcome.reply, case .output(let fields) = outcome.vector.expected,
        let right = FormulaOutput(outcome.vector.expected), let got = FormulaOutput(output),
        let question = try? OracleInput(outcome.vector.input)
      else { return nil }
      let margins = fields.flatMap { field in
        field.tolerance.enumerated().map { i, tolerance in
          (OutputPlace(field.name.rawValue, field.value.isList ? i : nil), tolerance.asDouble)
        }
      }
      return Case(
        input: FormulaInput(question), right: right, got: got, margins: Dictionary(margins) { $1 },
        isWrong: outcome.verdict.isWrong)
    }
  }

  /// The mistakes that explain most failures, at most three of them, in words.
  var clauses: [String] {
    let wrong = cases.filter(\.isWrong)
    guard !wrong.isEmpty else { return [] }
    var rest = Set(wrong.indices)
    var clauses: [String] = []
    var candidates = candidates(wrong)
    while clauses.count < 3, !rest.isEmpty {
      candidates = candidates.filter { !$0.explained.isDisjoint(with: rest) }
      guard
        let best = candidates.min(by: { a, b in
          let (x, y) = (a.explained.intersection(rest).count, b.explained.intersection(rest).count)
          return (y, a.contradictions) < (x, b.contradictions)
        })
      else { break }
      let count = best.explained.intersection(rest).count
      // A single match among many failures is a coincidence.
      guard count >= 2 || wrong.count == 1 else { break }
      clauses.append(clause(best.summary, count, of: wrong.count))
      rest.subtract(best.explained)
    }
    return clauses
  }

  private func clause(_ summary: String, _ count: Int, of total: Int) -> String {
    if total == 1 { return "the wrong answer equals \(summary)" }
    return count == total
      ? "every wrong answer (\(total)) equals \(summary)" : "\(count) of \(total) wrong answers equal \(summary)"
  }

  private typealias Candidate = (summary: String, explained: Set<Int>, contradictions: Int)

  private func candidates(_ wrong: [Case]) -> [Candidate] {
    let passing = cases.filter { !$0.isWrong }
    let formulas = WrongFormula.all.filter { $0.operations.contains(operation) }.map { formula in
      (
        formula.summary,
        { (c: Case) -> FormulaOutput? in
          if let output = try? formula.output(operation, c.input) { output } else { nil }
        }
      )
    }
    let factors = WrongFormula.factors.map { summary, factor in
      (summary, { (c: Case) -> FormulaOutput? in c.right.multiplied(by: factor) })
    }
    var found: [Candidate] = []
    for (summary, output) in formulas + factors {
      let explained = wrong.indices.filter { index in
        guard let value = output(wrong[index]) else { return false }
        let c = wrong[index]
        return c.got.equals(value, margin: c.margins.mapValues { 2 * $0 }, besides: c.right)
          && !value.isWithin(c.margins, of: c.right)
      }
      guard !explained.isEmpty else { continue }
      // A program that made this mistake everywhere would fail where it passes; it may make it in some cases only, but
      // then all failures must be of its kind.
      let mayContradict = explained.count >= max(2, wrong.count)
      var contradictions = 0
      for c in passing where mayContradict || contradictions * 4 <= passing.count + explained.count {
        if let value = output(c), !value.equals(c.got, margin: c.margins.mapValues({ 4 * $0 })) { contradictions += 1 }
      }
      if contradictions * 4 > passing.count + explained.count, !mayContradict { continue }
      found.append((summary, Set(explained), contradictions))
    }
    let huge = wrong.indices.filter { wrong[$0].isHugeForInfinite }
    if !huge.isEmpty { found.append(("a huge number where null (infinite) is asked for", Set(huge), 0)) }
    if let digits = precision(wrong) { found.append((digits, Set(wrong.indices), 0)) }
    return found
  }

  /// Whether all wrong numbers are nearly right: too few digits.
  private func precision(_ wrong: [Case]) -> String? {
    var worst = 0.0
    for c in wrong {
      guard case .numbers(let right) = c.right, case .numbers(let got) = c.got else { return nil }
      for (key, value) in right {
        guard let answer = got[key] else { return nil }
        worst = max(worst, abs(answer - value) / max(abs(value), .leastNormalMagnitude))
      }
    }
    guard worst < 1e-3 else { return nil }
    return
      "the right one to about \(max(0, Int(-log10(worst)))) digits only, as in single precision or after cancellation"
  }
}

extension WrongFormula {
  /// All known mistakes.
  static let all =
    RiskMistakes.all + StudentMistakes.all + InformationMistakes.all + DataMistakes.all + StatementMistakes.all

  /// Mistakes of units.
  static let factors: [(String, Double)] = [
    ("the right one in bits (divided by ln 2)", 1 / log(2)), ("the right one times ln 2", log(2)),
    ("the right one in decimal units (divided by ln 10)", 1 / log(10)), ("twice the right one", 2),
    ("half the right one", 0.5), ("the right one with the other sign", -1), ("four times the right one", 4),
  ]
}

extension FormulaOutput {
  /// Whether a program that answers this would pass.
  fileprivate func isWithin(_ margins: [OutputPlace: Double], of right: FormulaOutput) -> Bool {
    guard case .numbers(let a) = self, case .numbers(let b) = right else { return self == right }
    return a.allSatisfy { key, value in b[key].map { abs(value - $0) <= margins[key] ?? 0 } ?? true }
  }

  fileprivate func multiplied(by factor: Double) -> FormulaOutput? {
    guard case .numbers(let numbers) = self else { return nil }
    return .numbers(numbers.mapValues { factor * $0 })
  }
}

extension ExactValue {
  /// Whether its numbers have places in a list.
  fileprivate var isList: Bool {
    switch self {
    case .vector, .matrix: true
    case .rational, .nats, .bool, .infinite, .truth, .sides: false
    }
  }
}
