// SPDX-License-Identifier: GPL-3.0-or-later
/// Statements of two instances: what says of neither A nor B what it is about.
extension TypeChecker {
  /// Checks that everything in a statement of two instances names one of them, but for conditions of the premise that are said
  /// of both.
  func checkInstances(_ formula: Formula) throws(ConjectureError) {
    guard case .implies(let premise, let conclusion) = formula.kind else { return try requireNamed(formula) }
    for part in premise.conjuncts where part.namesInstance { try requireNamed(part) }
    try requireNamed(conclusion)
  }

  private func requireNamed(_ formula: Formula) throws(ConjectureError) {
    switch formula.kind {
    case .instance(_, let part):
      if part.namesInstance { throw error(.kind, formula.place, "a part of it says already of which instance it is") }
    case .same: return
    case .helps, .below, .independent, .leastSquaresTeacher, .jointTeacher, .unitInputs:
      throw error(
        .kind, formula.place,
        "this is said of neither instance: write (…).A or (…).B around it; only conditions of the premise may be about both"
      )
    case .forOutputs:
      throw error(.kind, formula.place, "outputs are those of one instance: write (…).A or (…).B around the condition")
    default:
      for expression in formula.expressions { try requireNamed(expression) }
      for part in formula.children { try requireNamed(part) }
    }
  }

  private func requireNamed(_ expression: Expression) throws(ConjectureError) {
    switch expression.kind {
    case .number, .infinity, .variable, .counter, .instance: return
    case .word, .moment, .risk, .fold:
      throw error(
        .kind, expression.place,
        "\(spelling(expression)) is said of neither instance: write .A or .B behind it")
    default: for part in expression.children { try requireNamed(part) }
    }
  }
}
