// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Conjectures
import Distillation
import ExactJSON

/// The operation `evaluate`: what a statement in text says of an instance.
///
/// It is beside ``OracleOperation``: no other implementation is asked for it, as the statement's language is this project's.
public enum StatementAnswer {
  /// Its name in the protocol.
  public static let operation = "evaluate"

  /// The output: `holds`, `premise` and `conclusion`, each true, false or `null` where it is undefined; the `reason` then; and
  /// the exact numbers that are compared, of an information e to twice it.
  ///
  /// - Throws: ``Refusal`` for an invalid instance, and for a text that is no statement.
  static func answer(_ input: JSONValue) throws(Refusal) -> JSONValue {
    let question = try OracleInput(input)
    let text = try question.text("statement")
    let conjecture: Conjecture
    do throws(ConjectureError) { conjecture = try Conjecture(text) } catch {
      throw Refusal(.malformed, "statement: \(error)")
    }
    var instance = try question.instance(withRows: input["n"] != nil)
    if input["lambda"] != nil {
      let lambda = try question.lambda()
      do throws(InstanceError) { instance = try instance.with(lambda: lambda) } catch { throw Refusal(error) }
    }
    let facts = Facts(instance)
    let verdict = conjecture.verdict(facts)
    let quantities = try? conjecture.claim.quantities(facts)
    let sides = (quantities.map { $0.hypothesis + $0.conclusion } ?? []).map { side -> JSONValue in
      ["name": .string(side.name), "value": JSONValue(side.value)]
    }
    func truth(_ value: Bool?) -> JSONValue { value.map(JSONValue.bool) ?? .null }
    var members: [JSONValue.Member] = [
      .init(key: "holds", value: truth(verdict.holds)), .init(key: "premise", value: truth(verdict.premise)),
      .init(key: "conclusion", value: truth(verdict.conclusion)), .init(key: "sides", value: .array(sides)),
    ]
    if let reason = verdict.reason { members.append(.init(key: "reason", value: .string(reason))) }
    return .object(members)
  }
}
