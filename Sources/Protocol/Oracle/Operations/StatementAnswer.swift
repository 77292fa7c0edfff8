// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Conjectures
import Distillation
import ExactJSON

extension ExactOracle {
  /// What a statement in text says of an instance, by its words alone: whether it holds, its premise and its conclusion, and the
  /// exact numbers that it compares.
  ///
  /// - Throws: ``Refusal`` for an invalid instance, and for a text that is no statement.
  static func evaluation(_ question: OracleInput, _ input: JSONValue) throws(Refusal) -> OracleAnswer {
    let statement = try StatementQuestion(question, input)
    let verdict = statement.conjecture.verdict(statement.facts)
    let sides = statement.conjecture.sides(statement.facts).map { side in
      switch side.value {
      case .rational(let value): StatementSide(side.name, .rational(value))
      case .information(let value): StatementSide(side.name, .nats(value))
      }
    }
    return OracleAnswer(
      [
        .init(.holds, .truth(verdict.holds)), .init(.premise, .truth(verdict.premise)),
        .init(.conclusion, .truth(verdict.conclusion)), .init(.sides, .sides(sides)),
      ], reason: verdict.reason)
  }
}

/// The input of `evaluate`: a statement, and the instance that it is asked about.
package struct StatementQuestion {
  /// The statement.
  package let conjecture: Conjecture
  /// The instance.
  package let facts: Facts

  /// Reads an input.
  ///
  /// - Throws: ``Refusal`` for an invalid instance, and for a text that is no statement.
  package init(_ input: JSONValue) throws(Refusal) { try self.init(try OracleInput(input), input) }

  fileprivate init(_ question: OracleInput, _ input: JSONValue) throws(Refusal) {
    let text = try question.text("statement")
    do throws(ConjectureError) { conjecture = try Conjecture(text) } catch {
      throw Refusal(.malformed, "statement: \(error)")
    }
    do throws(InstanceFileError) { facts = Facts(try Instance(document: JSONReader(input, path: ""))) } catch {
      switch error {
      case .syntax(let error): throw Refusal(.malformed, "\(error)")
      case .shape(let error): throw Refusal(OracleInput.rule(for: error), "\(error)")
      case .invalid(let error): throw Refusal(error)
      }
    }
  }
}

extension StatementSide {
  /// The name as the oracle spells it, where `text` names a quantity in any spelling of the language; nil where it names none.
  package static func name(spelled text: String) -> String? { Conjecture.quantity(spelled: text) }
}
