// SPDX-License-Identifier: GPL-3.0-or-later
import Conjectures
import Oracle

/// Mistakes in reading and deciding statements.
enum StatementMistakes {
  static let all = Misreading.allCases.map { mistake in
    WrongFormula(summary: mistake.summary, operations: [.evaluate]) { _, input in
      let statement = try input.statement()
      return .truth(mistake.holds(statement.conjecture, statement.facts))
    }
  }
}
