// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import ExactJSON
import Oracle
import SeededRuns

/// How far from the exact sides of a statement a program in double precision may be, and whether it decides the verdicts.
///
/// A statement may compare anything, so that there is no formula for the error: the numbers of the instance are changed a
/// little, in several ways, and what that does to the sides tells how much rounding errors can do.
struct StatementTolerances {
  /// One for each side.
  let sides: [Rational]
  /// Whether no change alters a verdict, and no two numbers that are compared are equal but for whole numbers of the input.
  let decides: Bool

  /// The relative change; a million times what a right program in double precision rounds.
  private static let change = Rational.powerOfTwo(-30)
  /// How often the numbers are changed.
  private static let draws = 6
  /// What is allowed beyond what was seen, as the changes seen are not the worst ones.
  private static let safety = Rational(16)

  /// For the exact `answer` to `input`.
  init(_ input: JSONValue, _ answer: OracleAnswer) {
    let exact = answer.statementSides
    let dimension = (try? JSONReader(input["sigma"] ?? .null).elements().count) ?? 1
    let unit = RoundingUnit.of(dimension: dimension)
    var growth = exact.map { StatementTolerances.number($0.value).magnitude }
    var decides = ((try? StatementQuestion(input)).map { !$0.conjecture.hasTie($0.facts) }) ?? true
    for draw in 0..<StatementTolerances.draws {
      var random = RandomSource(seed: 30, index: UInt64(draw))
      let changed = StatementTolerances.changed(input, &random)
      guard let other = try? ExactOracle.answer(.evaluate, input: changed) else {
        decides = false
        continue
      }
      for name in [OutputName.holds, .premise, .conclusion] where other[name] != answer[name] { decides = false }
      let sides = other.statementSides
      for (place, side) in exact.enumerated() {
        guard let same = sides.first(where: { $0.name == side.name }) else {
          decides = false
          continue
        }
        let difference = StatementTolerances.number(same.value) - StatementTolerances.number(side.value)
        growth[place] = max(growth[place], difference.magnitude / StatementTolerances.change)
      }
    }
    sides = growth.map { unit * StatementTolerances.safety * $0 }
    self.decides = decides
  }

  private static func number(_ value: ExactValue) -> Rational {
    switch value {
    case .rational(let value): value
    case .nats(let value): value.midpoint
    default: preconditionFailure("a side is a number or an information")
    }
  }

  // MARK: Changes

  /// The input with every number changed that a program rounds: Σ symmetrically, weights, λ and ridge; sizes stay.
  private static func changed(_ input: JSONValue, _ random: inout RandomSource) -> JSONValue {
    guard case .object(let members) = input else { return input }
    return .object(
      members.map { member in
        let value: JSONValue =
          switch member.key {
          case "sigma": covariance(member.value, &random)
          case "w1", "w1b", "lambda", "ridge", "design", "row_moments": scaled(member.value, &random)
          case "other": changed(member.value, &random)
          default: member.value
          }
        return .init(key: member.key, value: value)
      })
  }

  private static func sign(_ random: inout RandomSource) -> Rational {
    random.integer(in: 0...1) == 0 ? change : -change
  }

  private static func scaled(_ value: JSONValue, _ random: inout RandomSource) -> JSONValue {
    switch value {
    case .array(let elements): return .array(elements.map { scaled($0, &random) })
    case .object(let members):
      return .object(members.map { .init(key: $0.key, value: scaled($0.value, &random)) })
    default:
      guard let number = value.judgedNumber else { return value }
      return JSONValue(number * (1 + sign(&random)))
    }
  }

  /// Each entry changed by a part of the standard deviations of both coordinates, so that zeros are changed too.
  private static func covariance(_ value: JSONValue, _ random: inout RandomSource) -> JSONValue {
    guard let sigma = try? JSONReader(value).matrix(), sigma.rows == sigma.columns else { return value }
    let exponents = (0..<sigma.rows).map { sigma[$0, $0].signum == 0 ? 0 : sigma[$0, $0].binaryExponent }
    var entries = sigma.values
    for i in 0..<sigma.rows {
      for j in 0...i {
        let size = Rational.powerOfTwo((exponents[i] + exponents[j]) >> 1)
        entries[i][j] += sign(&random) * size
        entries[j][i] = entries[i][j]
      }
    }
    return .array(entries.map { row in .array(row.map { JSONValue($0) }) })
  }
}

extension OracleAnswer {
  /// What a statement compares.
  fileprivate var statementSides: [StatementSide] {
    if case .sides(let sides)? = self[.sides] { sides } else { [] }
  }
}
